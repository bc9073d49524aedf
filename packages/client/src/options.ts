import { ORIGIN } from '@hood-exports/openapi'
import type { Clock } from './clock.ts'
import { ExportsError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { RateLimiter } from './rate-limit/limiter.ts'
import type { StandardSchema } from './standard-schema.ts'

/** A token, or where to get one; asked again before each attempt, so it may rotate. */
export type TokenSource = string | (() => string | Promise<string>)

export interface ExportsClientOptions {
  /** Bearer token, sent to the origin of `baseUrl` and nowhere else. */
  readonly token: TokenSource
  /** Where the API is, optionally with a path prefix. Default: the vendor's production origin. */
  readonly baseUrl?: string | undefined
  /** How requests are sent. Default: the global `fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Shared by everything that uses the same account in this process. Default: one of its own. */
  readonly limiter?: RateLimiter | undefined
  /** Milliseconds for one attempt, from sending to the end of a JSON body or to the head of a download. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds for a whole call with its waits and retries. Default: none. */
  readonly deadlineMs?: number | undefined
  /** Retries of network failures and of 500, 502, 503 and 504; a 429 never counts. Default 3. */
  readonly maxRetries?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds; above, the call fails at once. Default 120,000. */
  readonly maxRetryAfterMs?: number | undefined
  /** Told of everything that happens. */
  readonly onEvent?: OnEvent | undefined
  /** Checks each item that arrives, opt-in: any Standard Schema (zod, valibot, arktype …). Its output is not used. */
  readonly itemSchema?: StandardSchema | undefined
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined
  /** Chance, in [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Per call; each default is the client's. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
  readonly deadlineMs?: number | undefined
  readonly maxRetries?: number | undefined
  /** Higher goes first among waiting calls. Default 0. */
  readonly priority?: number | undefined
}

/**
 * The base of every request, without a trailing slash.
 * @throws ExportsError `invalid-options` unless it is an http(s) URL without credentials, query and fragment.
 */
export function checkBaseUrl(baseUrl: string = ORIGIN): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  // Credentials are not repeated in the message.
  if (url && (url.username || url.password)) {
    throw new ExportsError('invalid-options', 'baseUrl holds credentials: give the token as `token` instead')
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new ExportsError(
      'invalid-options',
      `baseUrl: ${JSON.stringify(baseUrl)} is not an http(s) URL without query and fragment, such as ${ORIGIN}`,
      { value: baseUrl },
    )
  }
  return url.href.replace(/\/+$/, '')
}

/**
 * The `Authorization` value. Never names the token, not even in an error.
 * @throws ExportsError `invalid-options` when it is empty or holds what a header cannot.
 */
export function bearer(token: unknown): string {
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    const found = typeof token !== 'string' ? `of type ${typeof token}` : token === '' ? 'empty' : 'not a header value'
    throw new ExportsError(
      'invalid-options',
      `token is ${found}: give a personal API key, a string of visible ASCII characters without spaces`,
    )
  }
  return `Bearer ${token}`
}

/** @throws ExportsError `invalid-options` unless `value` is absent or a number from `minimum`. */
export function checkNumber(name: string, value: number | undefined, minimum: number): void {
  if (value !== undefined && !(value >= minimum)) {
    throw new ExportsError('invalid-options', `${name}: ${String(value)} is not a number from ${minimum}`, { value })
  }
}
