import type { Holder } from './credential.ts'
import { TOKEN_VARIABLES } from './credential.ts'
import { LAWS } from './laws.ts'
import type { LawName } from './law.ts'
import type { Ending } from './report.ts'
import { WRITING } from './writes/write-course.ts'

export interface Circumstances {
  readonly ending: Ending
  readonly limits: 'on' | 'off'
  readonly writes: 'no' | 'allowed'
  readonly holders: ReadonlySet<Holder>
  /** How many the main account has; undefined: its list could not be read. */
  readonly items: number | undefined
  /** What is known of single laws. */
  readonly reasons: ReadonlyMap<LawName, string>
  /** Laws whose operators were refused. */
  readonly refusedOperators: ReadonlySet<LawName>
}

const NEEDS_LIMITS: readonly LawName[] = ['quota-is-enforced', 'retry-after-is-true', 'quota-per-account']

/** Why nothing that was asked bears on a law. */
export function unseenReason(law: LawName, circumstances: Circumstances): string {
  const { ending, limits, writes, holders, items, reasons, refusedOperators } = circumstances
  const reason = reasons.get(law)
  if (reason !== undefined) return reason
  if (WRITING.includes(LAWS[law].family) && writes === 'no') return 'nothing may be written: --writes allowed'
  if (NEEDS_LIMITS.includes(law) && limits === 'off') return 'the limits are off'
  if (law === 'tokens-see-the-same' && !holders.has('same')) return `${TOKEN_VARIABLES.same} is not set`
  if ((LAWS[law].family === 'tenancy' || law === 'quota-per-account') && !holders.has('other')) {
    return `${TOKEN_VARIABLES.other} is not set`
  }
  if (refusedOperators.has(law)) return 'the operators are refused with 400, which a provider may do'
  if (ending.kind === 'budget-spent') return 'the budget of requests was spent before'
  if (ending.kind !== 'completed') return 'the run ended before'
  if (items === undefined) return 'the list could not be read'
  if (items === 0) return 'the account has no items'
  return 'no item of the account allows it'
}
