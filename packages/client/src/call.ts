import type { Clock } from './clock.ts'
import type { Reporter } from './events.ts'
import type { GuardOptions } from './guarded-stream.ts'
import type { OperationName } from './operation-name.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import type { Post } from './post.ts'
import type { Permit, RateLimiter } from './rate-limit/rate-limiter.ts'
import type { TierWatch } from './tier.ts'
import type { Authorizer } from './token.ts'

/** What becomes of the body of a successful answer: JSON, or what a guard makes of the stream. */
export type BodyKind = 'json' | ((response: Response, options: GuardOptions) => ReadableStream<Uint8Array>)

/** One call: what it is for, and its limits. */
export interface Call extends CallOptions {
  readonly operation: OperationName
  /** The export, or the report, that it is for. */
  readonly id?: string | undefined
  /** A stream is handed over at its head and keeps its slot until it ends. */
  readonly body: BodyKind
  /** Default: a GET. */
  readonly post?: Post | undefined
  /** Sent besides ours. */
  readonly headers?: Headers | undefined
  /** The request that `signal` is of. */
  readonly request?: Request | undefined
  /** Milliseconds without a byte after which a stream fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
}

/** What the calls of a client have in common. */
export interface CallSetting {
  readonly options: ExportsClientOptions
  readonly origin: string
  readonly clock: Clock
  readonly limiter: RateLimiter
  readonly reporter: Reporter
  readonly maxRetryAfterMs: number
  /** Sent with each request. */
  readonly headers: Readonly<Record<string, string>>
  readonly authorize: Authorizer
  readonly watchTier: TierWatch
}

/** A call that begins. */
export interface CallStart {
  readonly callId: number
  readonly startedAt: number
  /** Its place in the quota, where one was granted or asked for already. */
  readonly granted?: Permit | Promise<Permit> | undefined
}

/** What `fetch` is given for a call, besides a signal. Redirections are not followed: one could carry the token elsewhere. */
export function initOf(
  { body, headers, post }: Call,
  general: Readonly<Record<string, string>>,
  authorization: string,
): RequestInit {
  const init: RequestInit = {
    headers: {
      ...general,
      ...(headers && Object.fromEntries(headers)),
      accept: body === 'json' ? 'application/json' : '*/*',
      authorization,
      ...(post?.payload !== undefined && { 'content-type': 'application/json' }),
    },
    redirect: 'manual',
  }
  return post ? ({ ...init, method: 'POST', body: post.payload } as RequestInit) : init
}
