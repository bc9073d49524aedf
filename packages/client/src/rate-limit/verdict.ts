import { parseQuota, parseRetryAfter } from './headers.ts'
import type { RetryAfter } from './headers.ts'
import type { Ledger, Told } from './ledger.ts'

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

const PASS: Verdict = { kind: 'pass' }
const ABSENT: RetryAfter = { kind: 'absent' }

/** @param wallNowMs milliseconds since the epoch, for dates. */
export function toldBy({ status, headers }: Head, wallNowMs: number): Told {
  return {
    status,
    quota: parseQuota(headers),
    // Only a 429 has it, and nothing else is asked for it: to look for it costs as much as the rest.
    retryAfter: status === 429 ? parseRetryAfter(headers.get('retry-after'), wallNowMs) : ABSENT,
  }
}

/** @param ledger asked only when the answer is a 429. */
export function verdictOf(told: Told, ledger: Pick<Ledger, 'waitMs'>, maxRetryAfterMs: number): Verdict {
  if (told.status !== 429) return PASS
  const waitMs = ledger.waitMs(told)
  if (waitMs !== undefined && waitMs > maxRetryAfterMs) return { kind: 'refused-too-long', waitMs }
  return { kind: 'retry' }
}
