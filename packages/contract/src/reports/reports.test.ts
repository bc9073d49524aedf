import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Failure } from '../verify/findings.ts'
import { LAWS } from '../verify/laws.ts'
import type { Ending, Report } from '../verify/report.ts'
import { githubAnnotations, githubSummary } from './github-report.ts'
import { htmlReport } from './html-report.ts'
import { junitReport } from './junit-report.ts'
import { textReport } from './text-report.ts'
import { verdict } from './verdict.ts'
import { writeReports } from './write-reports.ts'

const { family, promise, pointer, source } = LAWS['sort-order']

const failure: Failure = {
  law: 'sort-order',
  family,
  promise,
  pointer,
  source,
  asked: 'GET /v1/hood/exports?sort=-size',
  came: '125 comes after <9> & "x" | `y`',
  curl: `curl -sS -i -H "Authorization: Bearer $HOOD_TOKEN" 'http://127.0.0.1:4020/v1/hood/exports?sort=-size'`,
  times: 3,
}

function buildReport(changes: Partial<Report> = {}): Report {
  return {
    baseUrl: 'http://127.0.0.1:4020',
    seed: 7,
    limits: 'on',
    budget: 150,
    requests: 142,
    durationMs: 17_250,
    items: 1_000,
    ending: { kind: 'completed' },
    laws: [
      { law: 'sort-order', family: 'sort', promise, state: 'broken', checks: 34 },
      { law: 'page-size', family: 'page', promise: LAWS['page-size'].promise, state: 'held', checks: 70 },
      {
        law: 'tokens-see-the-same',
        family: 'tenancy',
        promise: LAWS['tokens-see-the-same'].promise,
        state: 'unseen',
        checks: 0,
        reason: 'HOOD_TOKEN_SAME_ACCOUNT is not set',
      },
    ],
    failures: [failure],
    ...changes,
  }
}

const held = buildReport({
  laws: [{ law: 'page-size', family: 'page', promise: LAWS['page-size'].promise, state: 'held', checks: 70 }],
  failures: [],
})

test('a failure reads like a sentence: asked, came, promised, and how to see it again', () => {
  expect(textReport(buildReport(), 'off')).toBe(`✓ page        1 held
✗ sort        1 broken
– tenancy     not looked at
Not looked at, as HOOD_TOKEN_SAME_ACCOUNT is not set: tokens-see-the-same

✗ sort orders the whole list by each key in turn, ascending, or descending after "-" [sort-order]
  Asked     GET /v1/hood/exports?sort=-size
  Came      125 comes after <9> & "x" | \`y\` (and 2 more like it)
  Promised  /components/parameters/Sort (source: V, S)
  Again     curl -sS -i -H "Authorization: Bearer $HOOD_TOKEN" 'http://127.0.0.1:4020/v1/hood/exports?sort=-size'

Sources: S and V are pages of the vendor.

1 law is broken, 1 holds. 142 requests in 17.3 s.
Seed 7: --seed 7 asks the same again.
`)
})

test.each<[Ending, number, RegExp]>([
  [{ kind: 'completed' }, 0, /^1 law holds\. 142 requests in 17\.3 s\.$/],
  [{ kind: 'budget-spent', casesLeft: 9 }, 0, / 9 cases were left out: give a larger --budget\.$/],
  [{ kind: 'budget-spent', casesLeft: 1 }, 0, / 1 case was left out: /],
  [{ kind: 'token-refused', holder: 'main' }, 3, /refuses the token in HOOD_TOKEN with 401/],
  [{ kind: 'token-refused', holder: 'other' }, 3, /the token in HOOD_TOKEN_OTHER_ACCOUNT with 401.* or leave it unset/],
  [{ kind: 'no-such-api', came: '404 and text/html' }, 6, /^No exports API answers at http:\/\/127\.0\.0\.1:4020: /],
  [{ kind: 'quota-exhausted' }, 5, /nothing but 429/],
  [{ kind: 'unreachable', reason: 'connect ECONNREFUSED' }, 6, /^Nothing answers at .* \(connect ECONNREFUSED\)/],
  [
    { kind: 'unreachable', reason: 'fetch failed: 40AD:error:wrong version number:tlsany_meth.c:77' },
    6,
    /not speak TLS/,
  ],
  [{ kind: 'lost', reason: 'terminated' }, 6, /stopped answering after 142 requests in 17\.3 s \(terminated\)\.$/],
])('after %o the exit code is %i', (ending, exitCode, sentence) => {
  expect(verdict({ ...held, ending })).toMatchObject({ exitCode, sentence: expect.stringMatching(sentence) })
})

test('where something else answers, the sentence tells what came, and what to check', () => {
  const ending = { kind: 'no-such-api', came: '404 and text/html' } as const
  expect(verdict({ ...held, baseUrl: 'https://api.example/v1', ending }).sentence).toBe(
    'No exports API answers at https://api.example/v1: GET https://api.example/v1/v1/hood/exports gave 404 and text/html. ' +
      'Check host and port, and the path: the base URL is what stands before /v1/hood/exports, so leave out /v1. ' +
      'Some servers answer so to a token that they do not know: check HOOD_TOKEN as well.',
  )
})

test('a promise that the vendor does not document is told as a choice in every report', () => {
  const { promise, pointer, family, source } = LAWS['unknown-ids-are-missing']
  const chosen: Failure = { ...failure, law: 'unknown-ids-are-missing', promise, pointer, family, source }
  const report = buildReport({
    laws: [{ law: 'unknown-ids-are-missing', family: 'status', promise, state: 'broken', checks: 1 }],
    failures: [chosen],
  })
  const legend =
    'Sources: ? means that the vendor does not document it, and this project chose (--except leaves a law out).'
  expect(textReport(report, 'off')).toContain(`\n${legend}\n`)
  expect(htmlReport(report)).toContain(legend)
  expect(githubSummary(report)).toContain(`\n${legend}\n`)
  const words = '(source: ?: not documented by the vendor, chosen by this project)'
  expect(junitReport(report)).toContain(words)
  expect(githubAnnotations(report)).toContain(words)
})

test('a broken law gives the exit code 1', () => {
  expect(verdict(buildReport())).toMatchObject({ isGreen: false, exitCode: 1 })
})

test('a run in which no law could be looked at is not green, and says why', () => {
  const laws = buildReport().laws.filter(({ state }) => state === 'unseen')
  expect(verdict(buildReport({ laws, failures: [] }))).toEqual({
    isGreen: false,
    exitCode: 2,
    sentence: 'No law could be looked at: HOOD_TOKEN_SAME_ACCOUNT is not set. 142 requests in 17.3 s.',
  })
})

test('JUnit has a suite for each family and a case for each law', () => {
  expect(junitReport(buildReport())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="hood-contract" tests="3" failures="1" errors="0" time="17.250">
      <testsuite name="page" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="page.page-size" name="a page has as many items as asked, and the last one has the rest"/>
      </testsuite>
      <testsuite name="sort" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="sort.sort-order" name="sort orders the whole list by each key in turn, ascending, or descending after &quot;-&quot;"><failure message="125 comes after &lt;9&gt; &amp; &quot;x&quot; | \`y\` (and 2 more like it)">Asked: GET /v1/hood/exports?sort=-size
    Came: 125 comes after &lt;9&gt; &amp; &quot;x&quot; | \`y\` (and 2 more like it)
    Promised: /components/parameters/Sort (source: V, S)
    Again: curl -sS -i -H &quot;Authorization: Bearer $HOOD_TOKEN&quot; &#39;http://127.0.0.1:4020/v1/hood/exports?sort=-size&#39;</failure></testcase>
      </testsuite>
      <testsuite name="tenancy" tests="1" failures="0" errors="0" skipped="1">
        <testcase classname="tenancy.tokens-see-the-same" name="every token of an account sees the same"><skipped message="HOOD_TOKEN_SAME_ACCOUNT is not set"/></testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('a run that could look at nothing is an error in JUnit, not a success', () => {
  const report = { ...held, laws: [], ending: { kind: 'token-refused', holder: 'main' } as const }
  expect(junitReport(report)).toContain('<testsuites name="hood-contract" tests="1" failures="0" errors="1"')
})

test('the page shows what a provider sent as text, never as markup', () => {
  const page = htmlReport(buildReport())
  expect(page).toContain('125 comes after &lt;9&gt; &amp; &quot;x&quot;')
  expect(page).not.toContain('<9>')
  expect(page).not.toMatch(/(?:src|href)=/)
})

test('GitHub gets one annotation for each failure, on one line', () => {
  expect(githubAnnotations(buildReport())).toBe(
    '::error title=Contract%3A sort-order::sort orders the whole list by each key in turn, ascending, or descending after "-". Asked GET /v1/hood/exports?sort=-size; came 125 comes after <9> & "x" | `y` (and 2 more like it). /components/parameters/Sort (source: V, S)\n',
  )
})

test('the summary of a job shows what a provider sent as text, never as markup', () => {
  const summary = githubSummary(buildReport())
  expect(summary).toContain('| sort | 0 | 1 | 0 |')
  expect(summary).toContain('- came: 125 comes after \\<9\\> & "x" \\| \\`y\\` (and 2 more like it)')
})

test('a code span with backticks in it gets a longer fence', () => {
  const summary = githubSummary(buildReport({ failures: [{ ...failure, asked: 'GET /a`b' }] }))
  expect(summary).toContain('- asked: `` GET /a`b ``')
})

test('files are written where they are wanted, folders made on the way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hood-contract-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  vi.stubEnv('GITHUB_ACTIONS', 'true').stubEnv('GITHUB_STEP_SUMMARY', join(folder, 'summary.md'))
  onTestFinished(() => void vi.unstubAllEnvs())
  const at = (name: string): string => join(folder, 'out', name)
  const [json, junit, html] = [at('report.json'), at('junit.xml'), at('report.html')]
  const exitCode = await writeReports(buildReport(), { json, junit, html })
  expect(exitCode).toBe(1)
  expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(buildReport())
  await expect(readFile(junit, 'utf8')).resolves.toBe(junitReport(buildReport()))
  await expect(readFile(html, 'utf8')).resolves.toBe(htmlReport(buildReport()))
  await expect(readFile(join(folder, 'summary.md'), 'utf8')).resolves.toBe(githubSummary(buildReport()))
})
