import { diagnostics } from '#runtime'
import type { ExportsErrorKind } from './errors.ts'
import type { OperationName } from './operation-name.ts'
import type { RateLimitFacts } from './rate-limit/headers.ts'

interface CallEvent {
  /** Counts the calls of this client from 1; the same in every event of a call. */
  readonly callId: number
  readonly operation: OperationName
  /** Moment on the client's clock, in milliseconds since the epoch. */
  readonly atMs: number
}

/** Where the time of a call went, in milliseconds. Together they are `tookMs`. */
export interface PhaseTimes {
  /** Waits for the quota, also after a 429. */
  readonly waitedMs: number
  /** Pauses before another attempt. */
  readonly backOffMs: number
  /** Everything else before a request leaves: above all, waits for the function of `token`. */
  readonly prepareMs: number
  /** From sending to the head of an answer, or to its failure; of all attempts. */
  readonly serverMs: number
  /** From the heads of answers to the ends of their bodies; of a download, with the time in which it was not read. */
  readonly bodyMs: number
}

/** The end of a call, down to the last byte of a download. */
interface CallEnd extends PhaseTimes {
  readonly attempts: number
  /** Milliseconds of the whole call. */
  readonly tookMs: number
}

/** An event of a call, without what all of them have. */
export type CallEventBody =
  /** The call waits for the quota. */
  | { readonly type: 'queued'; readonly attempt: number; readonly estimatedWaitMs: number }
  /** A request leaves. `waitedMs`: how long it waited for the quota. */
  | { readonly type: 'sent'; readonly attempt: number; readonly url: string; readonly waitedMs: number }
  /** The head of an answer is here. `serverMs`: since the request left. */
  | {
      readonly type: 'answered'
      readonly attempt: number
      readonly status: number
      readonly serverMs: number
      readonly rateLimit: RateLimitFacts
    }
  /** A 429. `retryAfter`: milliseconds, or what `Retry-After: -1` means. */
  | {
      readonly type: 'throttled'
      readonly attempt: number
      readonly retryAfter: number | 'after-in-flight' | 'unknown'
    }
  /** The account has another tier than is documented for exports. `limits`: requests in a second and in a minute. */
  | { readonly type: 'tier'; readonly tier: string; readonly limits: readonly number[] }
  /** A failure that is followed by another attempt, not before `delayMs`. */
  | {
      readonly type: 'retried'
      readonly attempt: number
      readonly reason: 'network' | 'timeout' | 'server'
      readonly delayMs: number
    }
  /** The call has its answer. */
  | ({ readonly type: 'done' } & CallEnd)
  /** The call has failed. `kind`: of its error; `bug` when it is none of this package. */
  | ({ readonly type: 'failed'; readonly kind: ExportsErrorKind | 'bug' } & CallEnd)

/** An event of a listing. */
type ListingEvent =
  /** A page was read, and the cursor moved. */
  | {
      readonly type: 'page'
      readonly page: number
      readonly items: number
      readonly total: number
      readonly cursor: string
    }
  /** An item came again, because the list moved while it was read; it is not given out twice. */
  | { readonly type: 'repeated-item'; readonly page: number; readonly id: string }
  /** Items that `total` counts came on no page, also when all pages were read again. */
  | { readonly type: 'incomplete'; readonly missing: number; readonly total: number }
  /** The list changed while it was read. */
  | { readonly type: 'total-changed'; readonly page: number; readonly from: number; readonly to: number }

/**
 * What happens inside, in order. `waitedMs` is time spent here, waiting for the quota; `serverMs` is time spent there.
 * Events hold no token and no header of a request.
 */
export type ExportsEvent = (CallEvent & CallEventBody) | ListingEvent

/** Called with every event, synchronously. What it throws is dropped: watching cannot break a call. */
export type OnEvent = (event: ExportsEvent) => void

/** Passes events on: to `onEvent`, and on Node to the subscribers of the diagnostics channel. */
export interface Reporter {
  /** Whether there is a listener; without it, no event needs to be made. */
  isWatched(): boolean
  report(event: ExportsEvent): void
}

export function createReporter(onEvent: OnEvent | undefined): Reporter {
  return {
    isWatched: () => onEvent !== undefined || diagnostics.hasSubscribers,
    report(event) {
      if (diagnostics.hasSubscribers) diagnostics.publish(event)
      watch(onEvent, event)
    },
  }
}

/** Calls a function that only watches: what it throws is dropped, as it cannot break a call. */
export function watch<Value>(watcher: ((value: Value) => void) | undefined, value: Value): void {
  try {
    watcher?.(value)
  } catch {
    // A bug of the watcher's.
  }
}
