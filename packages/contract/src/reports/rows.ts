import { FAMILIES } from '../verify/laws.ts'
import type { LawResult, Report, ReportedViolation } from '../verify/report.ts'

export interface Row {
  readonly name: 'request' | 'beside' | 'actual' | 'expected' | 'reproduce'
  readonly text: string
  readonly kind: 'code' | 'prose'
}

/** What every report says about a violation, in this order. */
export function rows(violation: ReportedViolation): Row[] {
  const { request, comparedWith, pointer, source, reproduce } = violation
  return [
    { name: 'request', text: request, kind: 'code' },
    ...(comparedWith === undefined ? [] : [{ name: 'beside', text: comparedWith, kind: 'code' } as const]),
    { name: 'actual', text: actualOf(violation), kind: 'prose' },
    { name: 'expected', text: `${pointer} (source: ${source})`, kind: 'prose' },
    { name: 'reproduce', text: reproduce, kind: 'code' },
  ]
}

/** What came, and how often. */
export function actualOf({ actual, occurrences }: ReportedViolation): string {
  return occurrences > 1 ? `${actual} (and ${occurrences - 1} more like it)` : actual
}

/** What was looked at in a family, and how often each status came. */
export interface FamilyResult {
  readonly family: string
  readonly laws: readonly LawResult[]
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** The families that were to be looked at. */
export function byFamily({ laws: all }: Pick<Report, 'laws'>): FamilyResult[] {
  return FAMILIES.flatMap(({ name: family }) => {
    const laws = all.filter((law) => law.family === family)
    const count = (wanted: LawResult['status']): number => laws.filter(({ status }) => status === wanted).length
    const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
    return laws.length === 0 ? [] : [{ family, laws, ...counts }]
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
