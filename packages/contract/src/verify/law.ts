import type { Operation } from '../conform.ts'
import type { Case, World } from './case.ts'
import type { Answer, NoAnswer } from './exchange.ts'
import type { ListAnswer } from './list-answer.ts'
import type { Gravity, Violation } from './violation.ts'

/** A promise of the API that can be seen from outside. */
export interface Law {
  /** A sentence that holds for every correct provider. */
  readonly expected: string
  /** JSON pointer into the spec. */
  readonly pointer: string
  /** Where the fact comes from: S and V are the vendor's pages, ? is this project's choice, others are standards. */
  readonly source: string
  /** How bad it is when the law is broken. Default `major`. */
  readonly gravity?: Gravity
  /** What a run must have to look at it. Default: what its family needs. */
  readonly needs?: readonly Need[]
  /** Whether an answer bears on it, whatever was asked for. Default: only cases of its own do. */
  readonly isSeenIn?: (answer: Answer) => boolean
}

export type Need = 'writes' | 'limits' | 'use-up' | 'same-account-token' | 'other-account-token' | 'profile'

/** Laws about one subject: what they mean, what is asked for them, and how answers are judged. */
export interface Family<LawName extends string = string, Id extends string = string> {
  readonly name: Id
  readonly laws: Readonly<Record<LawName, Law>>
  readonly needs?: readonly Need[]
  /** Whether it looks at the account with other tokens, where there are some. Default `no`. */
  readonly otherTokens?: 'yes' | 'no'
  /** The most telling ones first. */
  readonly cases?: (world: World) => readonly Case[]
  /** For requests that are left after all those. */
  readonly nextCases?: (world: World) => readonly Case[]
  /** For what is left then: each family has an equal share of it, and random queries have one. */
  readonly moreCases?: (world: World) => readonly Case[]
  /** Judges any answer by itself. */
  readonly onAnswer?: (answer: Answer, secrets: readonly string[]) => readonly Violation<LawName>[]
  /** Judges a page of a well-formed list. */
  readonly onList?: (list: ListAnswer) => readonly Violation<LawName>[]
  /** Why what came in a run leaves a law open, where nothing breaks it. */
  readonly doubts?: (run: RunFacts) => Readonly<Partial<Record<LawName, string | undefined>>>
  /** Judges everything that came in a run. */
  readonly onRun?: (run: RunFacts) => readonly Violation<LawName>[]
}

/** Everything that came, in its order. */
export interface RunFacts {
  readonly answers: readonly Answer[]
  readonly noAnswers: readonly NoAnswer[]
  /** Answers to requests that were sent without regard to the quota. */
  readonly atOnce: ReadonlySet<Answer>
  /** `off`: the run does not pace itself, so what it uses up may be refused any number of times. */
  readonly limits: 'on' | 'off'
}

/** Where a run writes down what it sees. */
export interface Recorder {
  /** The next requests are for this law. */
  begin(law: string): void
  /** Laws were looked at, once more, and this was broken: these or others. */
  check(laws: readonly string[], violations: readonly Violation[]): void
  /** Why laws could not be looked at. */
  skip(laws: readonly string[], reason: string): void
}

/** Where in the spec the operations are. */
export const POINTERS: Readonly<Record<Operation, string>> = {
  list: '/paths/~1v1~1hood~1exports/get',
  view: '/paths/~1v1~1hood~1exports~1{id}/get',
  download: '/paths/~1v1~1hood~1exports~1{id}~1download/get',
  retry: '/paths/~1v1~1hood~1exports~1{id}~1retry/post',
  exportQuickReport: '/paths/~1v1~1hood~1quick-reports~1{id}~1export/post',
} as const
