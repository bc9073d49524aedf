import type { Clock } from './clock.ts'
import type { OnEvent } from './events.ts'
import type { OperationName } from './operation-name.ts'
import type { RateLimiter } from './rate-limit/rate-limiter.ts'
import type { TokenSource } from './token.ts'
import type { StandardSchema } from './standard-schema.ts'

/** What the client calls of `fetch`. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

export interface ExportsClientOptions {
  /** Bearer token, sent to the origin of `baseUrl` and nowhere else. */
  readonly token: TokenSource
  /** Where the API is, optionally with a path prefix. Default: the vendor's production origin. */
  readonly baseUrl?: string | undefined
  /** How requests are sent; it is called with a URL and an init. Default: the global `fetch`, looked up at each call. */
  readonly fetch?: FetchLike | undefined
  /**
   * Shared by everything that uses the same account in this process. Default: one for each origin and token, which all
   * clients of this process share; a client with a `fetch` or a `clock` of its own has a limiter of its own.
   */
  readonly limiter?: RateLimiter | undefined
  /** Milliseconds for one attempt, from sending to the end of a JSON body or to the head of a download. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds for a whole call with its waits and retries. Default: none. */
  readonly deadlineMs?: number | undefined
  /** Retries of network failures, timeouts and 5xx, but 501 and 505; a 429 never counts. Whole; default 3. */
  readonly maxRetries?: number | undefined
  /** The longest `Retry-After` that is waited for, of a 429 or a 5xx, in milliseconds; above, the call fails at once. Default 120,000. */
  readonly maxRetryAfterMs?: number | undefined
  /**
   * Sent with each request, besides our own: a `User-Agent` of yours, what a gateway asks for. Default: on Node, Deno
   * and Bun `User-Agent: hood-exports-client/… (node …)`, elsewhere none.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Called with every event. */
  readonly onEvent?: OnEvent | undefined
  /** Runs each call inside a function of yours, such as the context of a span. Default: none. */
  readonly aroundCall?: AroundCall | undefined
  /** Checks each item that arrives, opt-in: any Standard Schema (zod, valibot, arktype …). Its output is not used. */
  readonly itemSchema?: StandardSchema | undefined
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined
  /** Chance, in [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Runs a call, and gives back what it gives: `(call, run) => context.with(span, run)`. */
export type AroundCall = <Answer>(call: CallInfo, run: () => Promise<Answer>) => Promise<Answer>

/** A call that begins. */
export interface CallInfo {
  /** The same in every event of the call. */
  readonly callId: number
  readonly operation: OperationName
  /** The export, or the report, that the call is for. */
  readonly id: string | undefined
}

/** The head of an answer that a call has succeeded with. */
export interface ResponseInfo {
  readonly operation: OperationName
  readonly id: string | undefined
  /** Path and query of the request. */
  readonly url: string
  /** Requests that were sent for the call. */
  readonly attempts: number
  readonly status: number
  readonly headers: Headers
  /** What a gateway calls the request, in `X-Request-Id` or `CF-Ray`. */
  readonly requestId: string | undefined
}

/** Per call; each default is the client's. */
export interface CallOptions {
  /** Ends the call at once, whatever it is doing; it rejects with `aborted`, whose cause is the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds for the whole call; one that cannot leave in time fails at once and says when it could. */
  readonly deadlineMs?: number | undefined
  /** Retries after failures; a 429 never counts. */
  readonly maxRetries?: number | undefined
  /** Higher goes first among waiting calls. Default 0. */
  readonly priority?: number | undefined
  /** Called with the head of each successful answer of the call: of every page of a listing, for example. */
  readonly onResponse?: ((response: ResponseInfo) => void) | undefined
}
