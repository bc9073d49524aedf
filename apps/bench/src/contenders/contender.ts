import type { Store } from '@hood-exports/client/rate-limit'

/** The head of an answer. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
}

/** What a contender is told of the world. */
export interface Setup {
  /** One attempt of a call. */
  readonly send: (call: number) => Promise<Answer>
  /** The limit on parallel requests, where it is told. */
  readonly maxInFlight: number | undefined
  readonly sleep: (ms: number) => Promise<void>
  /** Chance, in [0, 1). */
  readonly random: () => number
  /** The token of the account; each run has one of its own. */
  readonly token: string
  /** What the processes of a run may share. */
  readonly store: Store
  /** Has something called when the run has ended. */
  readonly atEnd: (cleanUp: () => void) => void
}

/** A way to keep the quota. */
export interface Contender {
  readonly name: string
  /** Makes it anew, as a process does; the function that it gives carries one call through until it was accepted. */
  start(setup: Setup): (call: number) => Promise<unknown>
}

/** Seconds that a 429 asks for, as milliseconds; one second when it gives no time, as -1 does. */
export function retryAfterMs(headers: Headers): number {
  return Math.max(1, Number(headers.get('retry-after'))) * 1000
}
