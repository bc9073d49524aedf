import type { Holder } from './credential.ts'
import type { Failure } from './findings.ts'
import { LAWS } from './laws.ts'
import type { Family, LawName } from './law.ts'

/** How a run ended. Only after `completed` and `budget-spent` does a law that is not broken hold. */
export type Ending =
  | { readonly kind: 'completed' }
  /** Some cases were left out. */
  | { readonly kind: 'budget-spent'; readonly casesLeft: number }
  /** Nothing answers at the base URL. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** What answers at the base URL is something else; `came` is the status and the content type of its answer. */
  | { readonly kind: 'no-such-api'; readonly came: string }
  /** A token gets a 401. */
  | { readonly kind: 'token-refused'; readonly holder: Holder }
  /** Nothing but 429s came, although the run waited. */
  | { readonly kind: 'quota-exhausted' }
  /** Answers stopped coming. */
  | { readonly kind: 'lost'; readonly reason: string }

/** Whether anything could be looked at. */
export function hasLooked({ kind }: Ending): boolean {
  return kind === 'completed' || kind === 'budget-spent' || kind === 'lost'
}

export interface LawResult {
  readonly law: LawName
  readonly family: Family
  readonly promise: string
  /** `held`, `broken`, or `unseen`: nothing that was asked bears on it. */
  readonly state: 'held' | 'broken' | 'unseen'
  /** How often it was looked at. */
  readonly checks: number
  /** Why it was not looked at. */
  readonly reason?: string
}

export interface Report {
  readonly baseUrl: string
  /** Makes the same requests again, as long as the data is the same. */
  readonly seed: number
  readonly limits: 'on' | 'off'
  readonly budget: number
  /** Begins the names of all exports that the run has made; only where writes were allowed. */
  readonly marker?: string
  /** Requests that were sent. */
  readonly requests: number
  readonly durationMs: number
  /** Items of the main account. */
  readonly items: number
  readonly ending: Ending
  readonly laws: readonly LawResult[]
  readonly failures: readonly Failure[]
}

export interface LawResultOptions {
  readonly law: LawName
  readonly checks: number
  readonly isBroken: boolean
  readonly reason: string
}

export function lawResult({ law, checks, isBroken, reason }: LawResultOptions): LawResult {
  const { family, promise } = LAWS[law]
  if (isBroken) return { law, family, promise, state: 'broken', checks: Math.max(1, checks) }
  return checks > 0
    ? { law, family, promise, state: 'held', checks }
    : { law, family, promise, state: 'unseen', checks, reason }
}
