import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { compareWithBaseline, readBaseline } from './baseline.ts'
import { LAWS } from './verify/laws.ts'
import type { LawName } from './verify/laws.ts'
import type { Report, ReportedViolation } from './verify/report.ts'

function violationOf(law: LawName, changes: Partial<ReportedViolation> = {}): ReportedViolation {
  const { family, gravity, expected, pointer, source } = LAWS[law]
  const seen = { request: 'GET /v1/hood/exports', actual: 'wrong', reproduce: 'curl', occurrences: 1 }
  return { law, family, gravity, expected, pointer, source, ...seen, ...changes }
}

const LOOKED_AT: readonly LawName[] = ['spec-items', 'sort-order', 'search-finds', 'valid-is-answered']

function reportOf(violations: readonly ReportedViolation[], changes: Partial<Report> = {}): Report {
  const failed = new Set(violations.flatMap(({ law, also = [] }) => [law, ...also]))
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
    laws: LOOKED_AT.map((law) => {
      const { family, expected } = LAWS[law]
      return { law, family, expected, status: failed.has(law) ? 'failed' : 'passed', checks: 1 }
    }),
    violations,
    ...changes,
  }
}

/** The laws of a comparison, by what is new, known and gone. */
function compared(now: Report, before: Report): Record<'fresh' | 'known' | 'gone', unknown[]> {
  const { violations, baseline } = compareWithBaseline(now, before)
  return {
    fresh: violations.filter(({ known }) => !known).map(({ law }) => law),
    known: violations.filter(({ known }) => known).map(({ law }) => law),
    gone: baseline?.gone.map(({ law, subjects }) => (subjects ? [law, ...subjects] : law)) ?? [],
  }
}

describe('compared with the report of an earlier run', () => {
  test('a failure of the same law at the same place of the spec is known, whatever came', () => {
    const [before, now] = ['5 comes after 3', '8 comes after 1'].map((actual) =>
      reportOf([violationOf('sort-order', { actual })]),
    ) as [Report, Report]
    expect(compared(now, before)).toEqual({ fresh: [], known: ['sort-order'], gone: [] })
  })

  test('a failure of another law is new', () => {
    const before = reportOf([violationOf('sort-order')])
    const now = reportOf([violationOf('sort-order'), violationOf('search-finds')])
    expect(compared(now, before)).toEqual({ fresh: ['search-finds'], known: ['sort-order'], gone: [] })
  })

  test('a failure of the same law in another operation is new', () => {
    const before = reportOf([violationOf('valid-is-answered')])
    const pointer = '/paths/~1v1~1hood~1exports~1{id}/get'
    const now = reportOf([violationOf('valid-is-answered'), violationOf('valid-is-answered', { pointer })])
    expect(compared(now, before)).toEqual({ fresh: ['valid-is-answered'], known: ['valid-is-answered'], gone: [] })
  })

  test('wrong values of a member that had right ones are new', () => {
    const before = reportOf([violationOf('spec-items', { subjects: ['name'] })])
    const now = reportOf(['name', 'size'].map((member) => violationOf('spec-items', { subjects: [member] })))
    expect(compared(now, before)).toEqual({ fresh: ['spec-items'], known: ['spec-items'], gone: [] })
  })

  test('a mistake in another parameter that is not refused is new', () => {
    const before = reportOf([violationOf('mistakes-are-refused', { subjects: ['sort'] })])
    const now = reportOf([violationOf('mistakes-are-refused', { subjects: ['sort', 'page'] })])
    expect(compared(now, before).fresh).toEqual(['mistakes-are-refused'])
  })

  test('a law that only a known failure breaks is known, and one that a new failure breaks is not', () => {
    const before = reportOf([violationOf('spec-items', { subjects: ['name'], also: ['search-finds'] })])
    const known = compareWithBaseline(before, before)
      .laws.filter((law) => law.known)
      .map(({ law }) => law)
    expect(known).toEqual(['spec-items', 'search-finds'])
    const now = reportOf([...before.violations, violationOf('search-finds')])
    const left = compareWithBaseline(now, before)
      .laws.filter((law) => law.known)
      .map(({ law }) => law)
    expect(left).toEqual(['spec-items'])
  })

  test('a failure that does not come again is gone, and so is a member whose values are right', () => {
    const before = reportOf([violationOf('spec-items', { subjects: ['name', 'size'] }), violationOf('sort-order')])
    const now = reportOf([violationOf('spec-items', { subjects: ['size'] })])
    expect(compared(now, before)).toEqual({
      fresh: [],
      known: ['spec-items'],
      gone: [['spec-items', 'name'], 'sort-order'],
    })
  })

  test('nothing is gone where its law was not looked at, or where the provider stopped answering', () => {
    const before = reportOf([violationOf('sort-order')])
    const skipped = reportOf([]).laws.map((law) => ({ ...law, status: 'skipped', reason: 'left out' }) as const)
    expect(compared(reportOf([], { laws: skipped }), before).gone).toEqual([])
    const ending = { kind: 'lost', stage: 'head', reason: 'terminated' } as const
    expect(compared(reportOf([], { ending }), before).gone).toEqual([])
  })
})

describe('a file that is no baseline is a usage error that says so', () => {
  test.each<[string, string, RegExp]>([
    ['text', 'hello', /is no report: give a report that "hood-contract verify --json" has written/],
    ['other JSON', '{"version":"1.0.0"}', /is no report/],
    ['a report of version 1', '{"version":1,"failures":[]}', /is a report of version 1, not of version 2/],
    [
      'a report of a run that looked at nothing',
      JSON.stringify(reportOf([], { ending: { kind: 'unreachable', stage: 'connect', reason: 'refused' } })),
      /is of a run that could look at nothing \(unreachable\)/,
    ],
  ])('%s', async (_title, content, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'hood-contract-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'known.json')
    await writeFile(file, content)
    await expect(readBaseline(file, undefined)).rejects.toThrow(message)
  })

  test('a file that is not there', async () => {
    await expect(readBaseline('no-such-file.json', '-')).rejects.toThrow(
      /^--baseline "no-such-file.json" cannot be read/,
    )
  })

  test('the file that the report of this run goes to', async () => {
    await expect(readBaseline('known.json', './known.json')).rejects.toThrow(
      '--json would write over --baseline "known.json": give another file',
    )
  })
})
