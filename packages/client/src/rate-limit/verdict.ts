import { parseQuota, parseRetryAfter } from './headers.ts'
import type { Told } from './ledger.ts'

/** What an answer means for its call. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** A 429: acquire again, with `after`; the wait is kept by the limiter, for every call. */
  | { readonly kind: 'retry' }
  /** A 429 that asks for a longer wait than `maxRetryAfterMs`. */
  | { readonly kind: 'refused-too-long'; readonly waitMs: number }

/** The beginning of an answer. */
export interface Head {
  readonly status: number
  readonly headers: Headers
}

/** @param wallNowMs milliseconds since the epoch, for dates. */
export function toldBy({ status, headers }: Head, wallNowMs: number): Told {
  return {
    status,
    quota: parseQuota(headers),
    retryAfter: parseRetryAfter(headers.get('retry-after'), wallNowMs),
  }
}

/** @param waitMs what the answer asks for; `undefined`: no time, but an end of one in flight. */
export function verdictOf({ status }: Told, waitMs: number | undefined, maxRetryAfterMs: number): Verdict {
  if (status !== 429) return { kind: 'pass' }
  if (waitMs !== undefined && waitMs > maxRetryAfterMs) return { kind: 'refused-too-long', waitMs }
  return { kind: 'retry' }
}
