import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '@hood-exports/command-line'
import { BY_SUBJECT } from './verify/report-violations.ts'
import { hasLooked } from './verify/report.ts'
import type { GoneFailure, LawResult, Report, ReportedViolation } from './verify/report.ts'

/**
 * Reads the report of an earlier run.
 *
 * @param output where the report of this run goes
 * @throws UsageError
 */
export async function readBaseline(file: string, output: string | undefined): Promise<Report> {
  const refuse = (reason: string): never => {
    const way = 'give a report that "hood-contract verify --json" has written'
    throw new UsageError(`--baseline ${JSON.stringify(file)} ${reason}: ${way}`)
  }
  if (output !== undefined && resolve(output) === resolve(file)) {
    throw new UsageError(`--json would write over --baseline ${JSON.stringify(file)}: give another file`)
  }
  const text = await readFile(file, 'utf8').catch((error: Error) => refuse(`cannot be read (${error.message})`))
  const report = parse(text)
  const { version, violations } = report as { version?: unknown; violations?: unknown }
  if (typeof version === 'number' && version !== 2) return refuse(`is a report of version ${version}, not of version 2`)
  if (version !== 2 || !Array.isArray(violations)) return refuse('is no report')
  if (!hasLooked(report.ending)) return refuse(`is of a run that could look at nothing (${report.ending.kind})`)
  return report
}

function parse(text: string): Report {
  try {
    return JSON.parse(text) as Report
  } catch {
    return {} as Report
  }
}

/** The report with its failures compared with those of an earlier run: which are known, and which are gone. */
export function compareWithBaseline(report: Report, baseline: Report): Report {
  const violations = report.violations.map((one): ReportedViolation =>
    isAmong(one, baseline.violations) ? { ...one, known: true } : one,
  )
  const fresh = violations.filter(({ known }) => known !== true)
  const broken = new Set(fresh.flatMap(({ law, also = [] }) => [law, ...also]))
  const laws = report.laws.map((law): LawResult =>
    law.status === 'failed' && !broken.has(law.law) ? { ...law, known: true } : law,
  )
  return { ...report, laws, violations, baseline: { seed: baseline.seed, gone: goneSince(baseline, report) } }
}

/**
 * A failure is new where its law is broken at another place of the spec, or for another member or parameter where each
 * run looks at them all. What came depends on the data and on chance.
 */
function isAmong(one: ReportedViolation, known: readonly ReportedViolation[]): boolean {
  const ofLaw = known.filter(({ law }) => law === one.law)
  const subjects = new Set(ofLaw.flatMap((other) => other.subjects ?? []))
  return BY_SUBJECT.includes(one.law) && one.subjects !== undefined
    ? one.subjects.every((subject) => subjects.has(subject))
    : ofLaw.some(({ pointer }) => pointer === one.pointer)
}

/** What the baseline has, and a run that looked at the same law does not. */
function goneSince(baseline: Report, { ending, laws, violations }: Report): GoneFailure[] {
  if (ending.kind !== 'completed' && ending.kind !== 'budget-spent') return []
  const looked = new Set(laws.filter(({ status }) => status !== 'skipped').map(({ law }) => law))
  const inPassing = new Set(violations.flatMap(({ also = [] }) => also))
  const gone = baseline.violations.flatMap((one): GoneFailure[] => {
    const { law, pointer, subjects } = one
    if (!looked.has(law) || inPassing.has(law)) return []
    if (!BY_SUBJECT.includes(law) || subjects === undefined) return isAmong(one, violations) ? [] : [{ law, pointer }]
    const left = subjects.filter((subject) => !isAmong({ ...one, subjects: [subject] }, violations))
    return left.length === 0 ? [] : [{ law, pointer, subjects: left }]
  })
  return [...new Map(gone.map((one) => [JSON.stringify(one), one])).values()]
}
