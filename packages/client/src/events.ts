import type { RateLimitFacts } from './rate-limit/headers.ts'

/** The operations of the API. */
export type Operation = 'list' | 'view' | 'download' | 'raw'

interface CallEvent {
  /** Counts the calls of this client from 1; the same in every event of a call. */
  readonly callId: number
  readonly operation: Operation
  /** Moment on the client's clock, in milliseconds since the epoch. */
  readonly atMs: number
}

/**
 * What happens inside, in order. `waitedMs` is time spent here, waiting for the quota; `serverMs` is time spent there.
 * Events hold no token and no header of a request.
 */
export type ExportsEvent =
  | (CallEvent & { readonly type: 'queued'; readonly attempt: number; readonly estimatedWaitMs: number })
  | (CallEvent & { readonly type: 'sent'; readonly attempt: number; readonly url: string; readonly waitedMs: number })
  | (CallEvent & {
      readonly type: 'answered'
      readonly attempt: number
      readonly status: number
      readonly serverMs: number
      readonly rateLimit: RateLimitFacts
    })
  | (CallEvent & {
      readonly type: 'throttled'
      readonly attempt: number
      readonly retryAfter: number | 'after-in-flight' | 'unknown'
    })
  | (CallEvent & {
      readonly type: 'retried'
      readonly attempt: number
      readonly reason: 'network' | 'timeout' | 'server'
      readonly delayMs: number
    })
  | (CallEvent & {
      readonly type: 'done'
      readonly attempts: number
      readonly waitedMs: number
      readonly tookMs: number
    })
  | (CallEvent & {
      readonly type: 'failed'
      readonly attempts: number
      readonly waitedMs: number
      readonly tookMs: number
      readonly kind: string
    })
  | {
      readonly type: 'page'
      readonly page: number
      readonly items: number
      readonly total: number
      readonly cursor: string
    }
  | { readonly type: 'repeated-item'; readonly page: number; readonly id: string }
  | { readonly type: 'total-changed'; readonly page: number; readonly from: number; readonly to: number }

/** Called with every event, synchronously. What it throws is dropped: watching cannot break a call. */
export type OnEvent = (event: ExportsEvent) => void
