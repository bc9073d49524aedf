import type { Holder } from './credential.ts'
import { TOKEN_VARIABLES } from './credential.ts'
import { LAWS } from './laws.ts'
import type { LawName } from './law.ts'
import type { Ending } from './report.ts'

export interface Circumstances {
  readonly ending: Ending
  readonly limits: 'on' | 'off'
  readonly holders: ReadonlySet<Holder>
  /** Of the main account; undefined: its list could not be read. */
  readonly items: number | undefined
}

const NEEDS_LIMITS: readonly LawName[] = ['quota-is-enforced', 'retry-after-is-true', 'quota-per-account']

/** Why nothing that was asked bears on a law. */
export function unseenReason(law: LawName, { ending, limits, holders, items }: Circumstances): string {
  if (NEEDS_LIMITS.includes(law) && limits === 'off') return 'the limits are off'
  if (law === 'tokens-see-the-same' && !holders.has('same')) return `${TOKEN_VARIABLES.same} is not set`
  if ((LAWS[law].family === 'tenancy' || law === 'quota-per-account') && !holders.has('other')) {
    return `${TOKEN_VARIABLES.other} is not set`
  }
  if (ending.kind === 'budget-spent') return 'the budget of requests was spent before'
  if (ending.kind !== 'completed') return 'the run ended before'
  if (items === undefined) return 'the list could not be read'
  if (items === 0) return 'the account has no items'
  return 'no item of the account allows it'
}
