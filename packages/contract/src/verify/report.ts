import type { TokenOwner } from './credential.ts'
import type { NoAnswer } from './exchange.ts'
import type { Gravity } from './violation.ts'
import type { FamilyName, LawName } from './laws.ts'

/** How a run ended. Only after `completed` and `budget-spent` does a law that is not broken hold. */
export type Ending =
  | { readonly kind: 'completed' }
  /** Some cases were left out. */
  | { readonly kind: 'budget-spent'; readonly casesLeft: number }
  /** No answer comes from the base URL. */
  | ({ readonly kind: 'unreachable' } & Problem)
  /** What answers at the base URL is something else. */
  | ({ readonly kind: 'no-such-api' } & OtherAnswer)
  /** A token gets a 401 or 403. */
  | { readonly kind: 'token-refused'; readonly owner: TokenOwner; readonly status: 401 | 403 }
  /** Nothing but 429s came, although the run waited. */
  | { readonly kind: 'quota-exhausted' }
  /** Answers stopped coming. */
  | ({ readonly kind: 'lost' } & Problem)

/** Endings before anything could be looked at. */
export type Hindrance = Extract<
  Ending,
  { readonly kind: 'unreachable' | 'no-such-api' | 'token-refused' | 'quota-exhausted' }
>

/** Why there was no answer: where it failed, in words, and the code of the network or of TLS, if there is one. */
export type Problem = Pick<NoAnswer, 'stage' | 'reason' | 'code'>

/** An answer to a list that is none of this API. */
export interface OtherAnswer {
  readonly status: number
  /** Without its parameters; empty where it has none. */
  readonly mediaType: string
  /** All that in words, and the beginning of its body. */
  readonly actual: string
  /** Where it redirects to, without a query. */
  readonly location?: string
}

/** Whether anything could be looked at. */
export function hasLooked({ kind }: Ending): boolean {
  return kind === 'completed' || kind === 'budget-spent' || kind === 'lost'
}

export interface LawResult {
  readonly law: LawName
  readonly family: FamilyName
  /** A sentence that holds for every correct provider. */
  readonly expected: string
  /** `skipped`: nothing that was sent bears on it. */
  readonly status: 'passed' | 'failed' | 'skipped'
  /** How often it was looked at. */
  readonly checks: number
  /** Why it was skipped. */
  readonly reason?: string
  /** `true`: it has failed, and only in ways that are known from the baseline. */
  readonly known?: true
}

/** One way in which a law is broken. */
export interface ReportedViolation {
  readonly law: LawName
  readonly family: FamilyName
  readonly gravity: Gravity
  /** A sentence that holds for every correct provider. */
  readonly expected: string
  /** JSON pointer into the spec. */
  readonly pointer: string
  /** Where the promise comes from: S and V are the vendor's pages, ? is this project's choice, others are standards. */
  readonly source: string
  /** What was sent, on one line. */
  readonly request: string
  /** What came, on one line, without tokens. */
  readonly actual: string
  /** What it is about, where it is about some: members of items, or wrong parameters. Those of every occurrence. */
  readonly subjects?: readonly string[]
  /** Further laws that the same failure breaks; they have failed, and have no violation of their own for it. */
  readonly also?: readonly LawName[]
  /** The request whose answer it contradicts, where that is a single one. */
  readonly comparedWith?: string
  /**
   * For a shell: a line that sends the request again, or a loop where it takes a burst. Where two answers are compared,
   * a line for each. Tokens stay in their variables.
   */
  readonly reproduce: string
  /** How often it was seen, this one included. */
  readonly occurrences: number
  /** `true`: the baseline has it. */
  readonly known?: true
}

/** A failure that the baseline has, and a run that looked at its law has not. */
export interface GoneFailure {
  readonly law: LawName
  readonly pointer: string
  /** Where it was about members or parameters: those that are right now. */
  readonly subjects?: readonly string[]
}

export interface Report {
  /** The version of this format. Version 1 had other names for the same. */
  readonly version: 2
  readonly baseUrl: string
  /** Makes the same requests again, as long as the data is the same. */
  readonly seed: number
  readonly limits: 'on' | 'off'
  /** Requests that might be sent. */
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
  /** The gravest first. */
  readonly violations: readonly ReportedViolation[]
  /** Only where it was compared with the report of an earlier run. */
  readonly baseline?: {
    /** The seed of the earlier run. */
    readonly seed: number
    /** What it has, and this run does not. */
    readonly gone: readonly GoneFailure[]
  }
}
