import { FAMILIES } from '../verify/laws.ts'
import type { LawResult, Report, ReportedViolation } from '../verify/report.ts'

export interface Row {
  readonly name: 'request' | 'beside' | 'actual' | 'also' | 'expected' | 'reproduce'
  readonly text: string
  readonly kind: 'code' | 'prose'
}

/** What every report says about a violation, in this order. */
export function rows(violation: ReportedViolation): Row[] {
  const { request, comparedWith, also = [], pointer, source, reproduce } = violation
  return [
    { name: 'request', text: request, kind: 'code' },
    ...(comparedWith === undefined ? [] : [{ name: 'beside', text: comparedWith, kind: 'code' } as const]),
    { name: 'actual', text: actualOf(violation), kind: 'prose' },
    ...(also.length === 0 ? [] : [{ name: 'also', text: `breaks ${also.join(', ')}`, kind: 'prose' } as const]),
    { name: 'expected', text: `${pointer} (source: ${source})`, kind: 'prose' },
    ...reproduce.split('\n').map((line): Row => ({ name: 'reproduce', text: line, kind: 'code' })),
  ]
}

/** What came, how often, and in which members or parameters where it is more than one. */
export function actualOf({ actual, occurrences, subjects = [] }: ReportedViolation): string {
  const where = subjects.length > 1 ? `, in ${subjects.join(', ')}` : ''
  return occurrences > 1 ? `${actual} (and ${occurrences - 1} more like it${where})` : actual
}

/** What was looked at in a family, and how often each status came. */
export interface FamilyResult {
  readonly family: string
  readonly laws: readonly LawResult[]
  readonly passed: number
  readonly failed: number
  /** Failed as in the baseline. */
  readonly known: number
  readonly skipped: number
}

/** How a law came out; `known`: it failed as in the baseline. */
export function outcomeOf({ status, known }: LawResult): LawResult['status'] | 'known' {
  return known === true ? 'known' : status
}

/** The families that were to be looked at. */
export function byFamily({ laws: all }: Pick<Report, 'laws'>): FamilyResult[] {
  return FAMILIES.flatMap(({ name: family }) => {
    const laws = all.filter((law) => law.family === family)
    const count = (wanted: ReturnType<typeof outcomeOf>): number =>
      laws.filter((law) => outcomeOf(law) === wanted).length
    const [passed, failed, known, skipped] = [count('passed'), count('failed'), count('known'), count('skipped')]
    return laws.length === 0 ? [] : [{ family, laws, passed, failed, known, skipped }]
  })
}

/** Why laws were skipped, each reason once. */
export function skipped({ laws }: Pick<Report, 'laws'>): string[] {
  const byReason = Map.groupBy(
    laws.filter(({ status }) => status === 'skipped'),
    ({ reason = '' }) => reason,
  )
  return [...byReason].map(([reason, those]) => `Skipped, as ${reason}: ${those.map(({ law }) => law).join(', ')}`)
}

/** Failures that the baseline does not have. */
export function freshViolations({ violations }: Pick<Report, 'violations'>): ReportedViolation[] {
  return violations.filter(({ known }) => known !== true)
}

/** Failures that the baseline has, each on a line. */
export function knownLines({ violations }: Pick<Report, 'violations'>): string[] {
  return violations
    .filter(({ known }) => known === true)
    .map((one) => `Known from the baseline: ${one.law}: ${actualOf(one)}`)
}

/** Failures of the baseline that are gone, and what to do about it. */
export function goneLines({ baseline }: Pick<Report, 'baseline'>): string[] {
  if (baseline === undefined || baseline.gone.length === 0) return []
  const gone = baseline.gone.map(({ law, subjects }) => (subjects ? `${law} (${subjects.join(', ')})` : law))
  return [
    `Gone since the baseline: ${[...new Set(gone)].join(', ')}. The baseline is stale: write a new one with --json, or what is mended can break again unseen.`,
  ]
}

/** What the letters of the sources mean; undefined: none stands there. */
export function sourceLegend({ violations }: Pick<Report, 'violations'>): string | undefined {
  const letters = new Set(violations.flatMap(({ source }) => source.split(', ')))
  const meanings = [
    ...(letters.has('S') || letters.has('V') ? ['S and V are pages of the vendor'] : []),
    ...(letters.has('?')
      ? ['? means that the vendor does not document it, and this project chose (--except leaves a law out)']
      : []),
  ]
  return meanings.length === 0 ? undefined : `Sources: ${meanings.join('; ')}.`
}
