import type { Clock } from '../clock.ts'
import type { Head } from './planner/response-facts.ts'
import type { WindowSnapshot } from './planner/planner.ts'
import type { WindowSpec } from './planner/window-spec.ts'

export interface RateLimiterOptions {
  /**
   * The account's fixed windows. Default: the API's, 10 in 1 s and 150 in 60 s; an account of another tier is told from
   * the `X-RateLimit-Limit` of an answer. Windows that you give are kept.
   */
  readonly windows?: readonly WindowSpec[] | undefined
  /** Requests in flight at most. Default: six, and twice as many after as many answers, until a `Retry-After: -1`. */
  readonly maxInFlight?: number | undefined
  /** Calls that may wait; one more is refused at once. Default: no bound. */
  readonly maxQueue?: number | undefined
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. After a longer one every call fails at once, unsent,
   * until it has passed. Default 120,000.
   */
  readonly maxRetryAfterMs?: number | undefined
  /**
   * What to do when a long window is used up and its end is not known. `'never'`: wait until it is over for certain.
   * `'once'`: send one request alone to find out, at the risk of one 429. Default `'never'`.
   */
  readonly probe?: 'never' | 'once' | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
  /** Chance, in [0, 1), for the jitter after a 429. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

export interface AcquireOptions {
  /** Gives the place up at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined
  /** The permit of the attempt before: a retry keeps its place among the waiting. */
  readonly after?: Permit | undefined
}

/** A place for one request. Release it, whatever happens. */
export interface Permit {
  /** Milliseconds between asking and being granted. */
  readonly waitedMs: number
  /** Place in the queue. */
  readonly order: number
  /** Call it with the head of the answer. After a 429, acquire again with `after`: the wait is kept for every call. */
  answered(head: Head): void
  /** The request has ended: its body was read, it failed, or it was aborted. Again is harmless. */
  release(): void
}

export interface LimiterSnapshot {
  readonly windows: readonly WindowSnapshot[]
  readonly queued: number
  readonly inFlight: number
  /** Requests in flight at most, as set or learnt. */
  readonly maxInFlight: number
}

export interface RateLimiter {
  /**
   * A place for one request: at once and without a promise or a timer while there is budget, else a promise.
   * @throws ExportsError as a rejection: `queue-full`, or `rate-limited` after a 429 whose wait is longer than
   * `maxRetryAfterMs`; on abort, the signal's reason.
   */
  acquire(options?: AcquireOptions): Permit | Promise<Permit>
  /** The moment, on the clock, at which the last of `calls` calls made now could leave; `next`: before all others. */
  estimate(options?: { readonly calls?: number | undefined; readonly place?: 'last' | 'next' | undefined }): number
  snapshot(): LimiterSnapshot
}

/** Default of `maxRetryAfterMs`. */
export const MAX_RETRY_AFTER_MS = 120_000
