import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { LAWS } from '../verify/laws.ts'
import type { Ending, Report, ReportedViolation } from '../verify/report.ts'
import { githubAnnotations, githubSummary } from './github-report.ts'
import { htmlReport } from './html-report.ts'
import { junitReport } from './junit-report.ts'
import { textReport } from './text-report.ts'
import { verdict } from './verdict.ts'
import { writeReports } from './write-reports.ts'

const { family, gravity, expected, pointer, source } = LAWS['sort-order']

const violation: ReportedViolation = {
  law: 'sort-order',
  family,
  gravity,
  expected,
  pointer,
  source,
  request: 'GET /v1/hood/exports?sort=-size',
  actual: '125 comes after <9> & "x" | `y`',
  reproduce: `curl -sS -i -H "Authorization: Bearer $HOOD_TOKEN" 'http://127.0.0.1:4020/v1/hood/exports?sort=-size'`,
  occurrences: 3,
}

function buildReport(changes: Partial<Report> = {}): Report {
  return {
    version: 2,
    baseUrl: 'http://127.0.0.1:4020',
    seed: 7,
    limits: 'on',
    budget: 150,
    requests: 142,
    durationMs: 17_250,
    items: 1_000,
    ending: { kind: 'completed' },
    laws: [
      { law: 'sort-order', family: 'sort', expected, status: 'failed', checks: 34 },
      { law: 'page-size', family: 'page', expected: LAWS['page-size'].expected, status: 'passed', checks: 70 },
      {
        law: 'tokens-see-the-same',
        family: 'tenancy',
        expected: LAWS['tokens-see-the-same'].expected,
        status: 'skipped',
        checks: 0,
        reason: 'HOOD_TOKEN_SAME_ACCOUNT is not set',
      },
    ],
    violations: [violation],
    ...changes,
  }
}

const passed = buildReport({
  laws: [{ law: 'page-size', family: 'page', expected: LAWS['page-size'].expected, status: 'passed', checks: 70 }],
  violations: [],
})

test('a violation has the request, what came, what was expected, and how to reproduce it', () => {
  expect(textReport(buildReport(), 'off')).toBe(`✗ sort        1 failed
✓ page        1 passed
– tenancy     skipped
Skipped, as HOOD_TOKEN_SAME_ACCOUNT is not set: tokens-see-the-same

✗ sort orders the whole list by each key in turn, ascending, or descending after "-" [sort-order]
  request   GET /v1/hood/exports?sort=-size
  actual    125 comes after <9> & "x" | \`y\` (and 2 more like it)
  expected  /components/parameters/Sort (source: V, S)
  reproduce curl -sS -i -H "Authorization: Bearer $HOOD_TOKEN" 'http://127.0.0.1:4020/v1/hood/exports?sort=-size'

Sources: S and V are pages of the vendor.

1 law failed, 1 passed, 1 skipped. 142 requests in 17.3 s.
Seed 7: --seed 7 sends the same requests again.
`)
})

test.each<[Ending, number, RegExp]>([
  [{ kind: 'completed' }, 0, /^1 law passed\. 142 requests in 17\.3 s\.$/],
  [{ kind: 'budget-spent', casesLeft: 9 }, 0, / 9 cases were left out: give a larger --budget\.$/],
  [{ kind: 'budget-spent', casesLeft: 1 }, 0, / 1 case was left out: /],
  [{ kind: 'token-refused', owner: 'main', status: 401 }, 3, /refuses the token in HOOD_TOKEN with 401/],
  [
    { kind: 'token-refused', owner: 'other', status: 403 },
    3,
    /the token in HOOD_TOKEN_OTHER_ACCOUNT with 403.* or leave it unset/,
  ],
  [
    { kind: 'no-such-api', status: 404, mediaType: 'text/html', actual: '404 and text/html: <h1>' },
    6,
    /^No exports API answers at http:\/\/127\.0\.0\.1:4020: /,
  ],
  [{ kind: 'quota-exhausted' }, 5, /nothing but 429/],
  [
    { kind: 'unreachable', stage: 'connect', reason: 'connect ECONNREFUSED' },
    6,
    /^Nothing answers at .* \(connect ECONNREFUSED\)/,
  ],
  [
    { kind: 'unreachable', stage: 'head', reason: 'fetch failed', code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
    6,
    /does not speak TLS/,
  ],
  [
    { kind: 'unreachable', stage: 'head', reason: 'self-signed certificate', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    6,
    /that this machine does not trust \(self-signed certificate\)/,
  ],
  [
    { kind: 'unreachable', stage: 'timeout', reason: 'the connection was accepted, but no answer came in 10 s' },
    6,
    /takes too long: the connection was accepted, but no answer came in 10 s\. Raise --timeout, /,
  ],
  [
    { kind: 'unreachable', stage: 'head', reason: 'other side closed', code: 'UND_ERR_SOCKET' },
    6,
    /ends the connection without an answer \(other side closed\)\. .* https:\/\/\.$/,
  ],
  [
    { kind: 'unreachable', stage: 'head', reason: 'certificate has expired', code: 'CERT_HAS_EXPIRED' },
    6,
    /\(certificate has expired\)\. Renew it, /,
  ],
  [
    { kind: 'lost', stage: 'body', reason: 'terminated' },
    6,
    /stopped answering after 142 requests in 17\.3 s \(terminated\)\. Look at its log\.$/,
  ],
  [
    { kind: 'lost', stage: 'timeout', reason: 'the connection was accepted, but no answer came in 10 s' },
    6,
    /no answer came in 10 s\)\. Raise --timeout, /,
  ],
])('after %o the exit code is %i', (ending, exitCode, sentence) => {
  expect(verdict({ ...passed, ending })).toMatchObject({ exitCode, sentence: expect.stringMatching(sentence) })
})

test('where something else answers, the sentence says what came, and what to check', () => {
  const ending = {
    kind: 'no-such-api',
    status: 404,
    mediaType: 'text/html',
    actual: '404 and text/html: <h1>',
  } as const
  expect(verdict({ ...passed, baseUrl: 'https://api.example/v1', ending }).sentence).toBe(
    'No exports API answers at https://api.example/v1: GET https://api.example/v1/v1/hood/exports gave 404 and text/html: <h1>. ' +
      'Check host and port, and the path: the base URL is what stands before /v1/hood/exports, so leave out /v1. ' +
      'Some servers answer so to a token that they do not know: check HOOD_TOKEN as well.',
  )
})

test.each<[string, Omit<Extract<Ending, { kind: 'no-such-api' }>, 'kind'>, RegExp]>([
  [
    'a redirect to the same list elsewhere',
    { status: 301, mediaType: '', location: 'https://api.example/v1/hood/exports', actual: '301' },
    / give --base-url https:\/\/api\.example, if you trust it\.$/,
  ],
  [
    'a redirect to a login',
    { status: 302, mediaType: '', location: 'https://sso.example/login', actual: '302' },
    /Where it leads to a login, the token is not what the server wants: check HOOD_TOKEN\. /,
  ],
  [
    'a gateway that fails',
    { status: 502, mediaType: 'text/html', actual: '502' },
    / look whether it runs, and at its log\. /,
  ],
  [
    'JSON of another shape',
    { status: 200, mediaType: 'application/json', actual: '200' },
    / A list is \{"total": …, "items": \[…\]\}\. /,
  ],
])('where %s answers, the sentence says what to do', (_what, answer, way) => {
  expect(verdict({ ...passed, ending: { kind: 'no-such-api', ...answer } }).sentence).toMatch(way)
})

test('a promise that the vendor does not document is marked as a choice in every report', () => {
  const law = 'unknown-ids-are-missing'
  const { needs: _needs, ...meaning } = LAWS[law]
  const report = buildReport({
    laws: [{ law, family: 'status', expected: meaning.expected, status: 'failed', checks: 1 }],
    violations: [{ ...violation, ...meaning, law }],
  })
  const legend =
    'Sources: ? means that the vendor does not document it, and this project chose (--except leaves a law out).'
  for (const text of [textReport(report, 'off'), htmlReport(report), githubSummary(report)]) {
    expect(text).toContain(legend)
  }
  for (const text of [junitReport(report), githubAnnotations(report)]) expect(text).toContain(legend)
})

test('a failure that breaks several laws is reported once, with the others beside it and where it was seen', () => {
  const wrong = { ...violation, also: ['page-size'], subjects: ['size', 'name'] } as const
  const report = buildReport({ violations: [{ ...wrong, reproduce: 'curl one\ncurl two' }] })
  const text = textReport(report, 'off')
  expect(text).toContain('(and 2 more like it, in size, name)\n  also      breaks page-size\n')
  expect(text).toContain('\n  reproduce curl one\n  reproduce curl two\n')
  expect(githubSummary(report)).toContain('- reproduce: ` curl one `\n- reproduce: ` curl two `\n')
})

test('a law that only a failure of another one breaks has that failure in JUnit', () => {
  const laws = buildReport().laws.map((law) => ({ ...law, status: 'failed' }) as const)
  const violations = [{ ...violation, also: ['page-size', 'tokens-see-the-same'] as const }]
  expect(junitReport(buildReport({ laws, violations })).match(/<failure message="125 comes after/g)).toHaveLength(3)
})

describe('with a baseline', () => {
  const known: Report = {
    ...buildReport({
      laws: buildReport().laws.map((law) => (law.status === 'failed' ? { ...law, known: true } : law)),
      violations: [{ ...violation, known: true }],
    }),
    baseline: { seed: 7, gone: [{ law: 'spec-items', pointer: '/components/schemas/Export', subjects: ['name'] }] },
  }

  test('a known failure makes no run fail, and is named', () => {
    expect(verdict(known)).toEqual({
      isGreen: true,
      exitCode: 0,
      sentence: '1 law passed, 1 failed as in the baseline, 1 skipped. 142 requests in 17.3 s.',
    })
    for (const report of [textReport(known, 'off'), htmlReport(known), githubSummary(known).replaceAll('\\', '')]) {
      expect(report).toContain('Known from the baseline: sort-order: 125 comes after ')
    }
  })

  test('a known failure is skipped in JUnit, and a warning on GitHub', () => {
    expect(junitReport(known)).toContain('<testsuites name="hood-contract" tests="3" failures="0" errors="0"')
    expect(junitReport(known)).toContain('><skipped message="failed as in the baseline: 125 comes after ')
    expect(githubAnnotations(known)).toMatch(/^::warning title=Contract%3A sort-order::/)
  })

  test('a failure that is gone is named, as the baseline is stale', () => {
    const line =
      'Gone since the baseline: spec-items (name). The baseline is stale: write a new one with --json, or what is mended can break again unseen.'
    for (const report of [textReport(known, 'off'), htmlReport(known), githubSummary(known).replaceAll('\\', '')]) {
      expect(report).toContain(line)
    }
  })

  test('a failure that is not known makes the run fail beside one that is', () => {
    const laws = known.laws.map((law) => (law.status === 'passed' ? ({ ...law, status: 'failed' } as const) : law))
    const { pointer: at } = LAWS['page-size']
    const violations = [...known.violations, { ...violation, law: 'page-size', pointer: at } as const]
    expect(verdict({ ...known, laws, violations })).toMatchObject({ isGreen: false, exitCode: 1 })
  })
})

test('a broken law gives the exit code 1', () => {
  expect(verdict(buildReport())).toMatchObject({ isGreen: false, exitCode: 1 })
})

test('a run in which no law could be looked at is not green, and says why', () => {
  const laws = buildReport().laws.filter(({ status }) => status === 'skipped')
  expect(verdict(buildReport({ laws, violations: [] }))).toEqual({
    isGreen: false,
    exitCode: 2,
    sentence: 'No law could be looked at: HOOD_TOKEN_SAME_ACCOUNT is not set. 142 requests in 17.3 s.',
  })
})

test('JUnit has a suite for each family and a case for each law', () => {
  expect(junitReport(buildReport())).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="hood-contract" tests="3" failures="1" errors="0" time="17.250">
      <testsuite name="sort" tests="1" failures="1" errors="0" skipped="0">
        <testcase classname="sort.sort-order" name="sort orders the whole list by each key in turn, ascending, or descending after &quot;-&quot;"><failure message="125 comes after &lt;9&gt; &amp; &quot;x&quot; | \`y\` (and 2 more like it)">request: GET /v1/hood/exports?sort=-size
    actual: 125 comes after &lt;9&gt; &amp; &quot;x&quot; | \`y\` (and 2 more like it)
    expected: /components/parameters/Sort (source: V, S)
    reproduce: curl -sS -i -H &quot;Authorization: Bearer $HOOD_TOKEN&quot; &#39;http://127.0.0.1:4020/v1/hood/exports?sort=-size&#39;

    Sources: S and V are pages of the vendor.</failure></testcase>
      </testsuite>
      <testsuite name="page" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="page.page-size" name="a page has as many items as asked, and the last one has the rest"/>
      </testsuite>
      <testsuite name="tenancy" tests="1" failures="0" errors="0" skipped="1">
        <testcase classname="tenancy.tokens-see-the-same" name="every token of an account sees the same"><skipped message="HOOD_TOKEN_SAME_ACCOUNT is not set"/></testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('a run that could look at nothing is an error in JUnit, not a success', () => {
  const report = { ...passed, laws: [], ending: { kind: 'token-refused', owner: 'main', status: 401 } as const }
  expect(junitReport(report)).toContain('<testsuites name="hood-contract" tests="1" failures="0" errors="1"')
})

test('the page shows what a provider sent as text, never as markup', () => {
  const page = htmlReport(buildReport())
  expect(page).toContain('125 comes after &lt;9&gt; &amp; &quot;x&quot;')
  expect(page).not.toContain('<9>')
  expect(page).not.toMatch(/(?:src|href)=/)
})

test('GitHub gets one annotation for each violation, on one line', () => {
  expect(githubAnnotations(buildReport())).toBe(
    '::error title=Contract%3A sort-order::sort orders the whole list by each key in turn, ascending, or descending after "-".%0Arequest: GET /v1/hood/exports?sort=-size%0Aactual: 125 comes after <9> & "x" | `y` (and 2 more like it)%0Aexpected: /components/parameters/Sort (source: V, S)%0ASources: S and V are pages of the vendor.\n',
  )
})

test('the summary of a job shows what a provider sent as text, never as markup', () => {
  const summary = githubSummary(buildReport())
  expect(summary).toContain('| sort | 0 | 1 | 0 | 0 |')
  expect(summary).toContain('- actual: 125 comes after \\<9\\> & "x" \\| \\`y\\` (and 2 more like it)')
})

test('the summary of a job says what was skipped, and why', () => {
  expect(githubSummary(buildReport())).toContain(
    '\nSkipped, as HOOD\\_TOKEN\\_SAME\\_ACCOUNT is not set: tokens-see-the-same\n',
  )
})

test('a code span with backticks in it gets a longer fence', () => {
  const summary = githubSummary(buildReport({ violations: [{ ...violation, request: 'GET /a`b' }] }))
  expect(summary).toContain('- request: `` GET /a`b ``')
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
