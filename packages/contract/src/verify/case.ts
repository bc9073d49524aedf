import type { AccountSnapshot } from './account-snapshot.ts'
import type { TokenOwner } from './credential.ts'
import type { Answer } from './exchange.ts'
import type { Random } from './random.ts'
import type { OtherAccount } from './read-account.ts'
import type { TestRequest } from './test-request.ts'
import { leak } from './violation.ts'
import type { Violation } from './violation.ts'

/** A few requests, and what must hold for their answers. Pure: it neither sends nor waits. */
export interface Case {
  /** The law that it is about; its answers may break others as well. */
  readonly law: string
  readonly requests: readonly TestRequest[]
  /** How many of the last ones are in flight together, and sent again even where they have been answered. Default 0. */
  readonly together?: number
  /** Gets one answer per request, in their order. Default: each is judged as a well-formed list. */
  readonly check?: (answers: readonly Answer[], context: CheckContext) => Violation[]
  /** Whether one answer decides, so that nothing is read again. Default: no. */
  readonly isCertain?: boolean
  /** Why the answers say nothing about the law; undefined: they do, as is the default. */
  readonly inconclusive?: (answers: readonly Answer[]) => string | undefined
}

export interface CheckContext {
  /** What is known of the account's items at that moment. */
  readonly snapshot: AccountSnapshot
  /** Compares the answer to a well-formed list request with everything that is known. */
  readonly judgeList: (answer: Answer) => Violation[]
}

/** What cases are made from. */
export interface World {
  readonly snapshot: AccountSnapshot
  readonly tokenOwners: ReadonlySet<TokenOwner>
  readonly otherAccounts: readonly OtherAccount[]
  readonly random: Random
  readonly mainToken: string
}

export function listCase(law: string, request: TestRequest): Case {
  return { law, requests: [request] }
}

export interface StatusCase {
  readonly law: string
  readonly request: TestRequest
  readonly statuses: readonly number[]
  /** `comparison`: other answers say which status it must be. Default `answer`. */
  readonly evidence?: Violation['evidence']
}

/** A request whose answer must have one of a few statuses. */
export function statusCase({ law, request, statuses, evidence = 'answer' }: StatusCase): Case {
  return {
    law,
    requests: [request],
    isCertain: evidence === 'answer',
    check: ([answer]) =>
      answer === undefined || statuses.includes(answer.status) ? [] : [{ ...leak(law, answer), evidence }],
  }
}

/** Merges lists so that each is used up at the same rate. */
export function inTurn<Value>(lists: readonly (readonly Value[])[]): Value[] {
  return lists
    .flatMap((list) => list.map((value, index) => ({ value, share: (index + 0.5) / list.length })))
    .toSorted((one, other) => one.share - other.share)
    .map(({ value }) => value)
}
