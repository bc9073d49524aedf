import { parseQuota, parseRetryAfter } from '../headers.ts'
import type { QuotaHeaders, RetryAfter } from '../headers.ts'

/** The beginning of an answer. */
export interface Head {
  readonly status: number
  readonly headers: Headers
}

/** What the head of an answer says of the quota. */
export interface ResponseFacts {
  readonly status: number
  readonly quota: QuotaHeaders
  readonly retryAfter: RetryAfter
}

const ABSENT: RetryAfter = { kind: 'absent' }

/** @param wallNowMs milliseconds since the epoch, for a `Retry-After` that is a date */
export function readHead({ status, headers }: Head, wallNowMs: number): ResponseFacts {
  // Only a 429 has a wait that is the limiter's, and looking for it costs as much as the rest.
  return {
    status,
    quota: parseQuota(headers),
    retryAfter: status === 429 ? parseRetryAfter(headers, wallNowMs) : ABSENT,
  }
}
