/** What `X-RateLimit-*` say. Every response that is not a 429 carries them. Source: vendor, rate limits guide. */
export type QuotaHeaders =
  | {
      readonly kind: 'quota'
      /** Requests allowed in the window that is described; tells which window that is. */
      readonly limit: number
      /** Requests left in it. */
      readonly remaining: number
      /** Seconds until it refreshes, as sent: whole, rounding unknown. `undefined` when absent or absurd. */
      readonly resetS: number | undefined
    }
  | { readonly kind: 'absent' }

/** What `Retry-After` says. The vendor sends whole seconds, or -1 for the limit on parallel requests. */
export type RetryAfter =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'after-in-flight' }
  | { readonly kind: 'absent' }

/** Above this, a number of seconds is not a wait but a mistake: a date in seconds, or milliseconds. */
const LONGEST_S = 31 * 24 * 3600

const ABSENT_QUOTA: QuotaHeaders = { kind: 'absent' }

/** Parses the quota; anything that is not a whole number from 0 counts as absent. */
export function parseQuota(headers: Headers): QuotaHeaders {
  const limit = whole(headers.get('x-ratelimit-limit'))
  if (!limit) return ABSENT_QUOTA
  const remaining = whole(headers.get('x-ratelimit-remaining'))
  if (remaining === undefined) return ABSENT_QUOTA
  return {
    kind: 'quota',
    limit,
    remaining: Math.min(remaining, limit),
    resetS: whole(headers.get('x-ratelimit-reset')),
  }
}

/**
 * Parses `Retry-After` (RFC 9110 §10.2.3): seconds, an HTTP date, or the vendor's -1. A date is read against the `Date`
 * of the same answer, as the two clocks may differ; one in the past is a delay of 0.
 * @param wallNowMs milliseconds since the epoch, for a date in an answer without `Date`
 */
export function parseRetryAfter(headers: Headers, wallNowMs: number): RetryAfter {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (text === '-1') return { kind: 'after-in-flight' }
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) <= LONGEST_S ? { kind: 'delay', ms: Number(text) * 1000 } : { kind: 'absent' }
  }
  const date = parseDate(text)
  if (Number.isNaN(date)) return { kind: 'absent' }
  const sentAt = parseDate(headers.get('date')?.trim() ?? '')
  return { kind: 'delay', ms: Math.max(0, date - (Number.isNaN(sentAt) ? wallNowMs : sentAt)) }
}

function parseDate(text: string): number {
  return /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN
}

function whole(value: string | null): number | undefined {
  return value !== null && /^\d+$/.test(value) && Number(value) <= LONGEST_S ? Number(value) : undefined
}

/** The headers as facts for events and errors: only what was said. */
export function rateLimitFacts(headers: Headers, wallNowMs: number): RateLimitFacts {
  const quota = parseQuota(headers)
  const retryAfter = parseRetryAfter(headers, wallNowMs)
  const facts: RateLimitFacts = {}
  if (quota.kind === 'quota') {
    facts.limit = quota.limit
    facts.remaining = quota.remaining
    if (quota.resetS !== undefined) facts.resetMs = quota.resetS * 1000
  }
  if (retryAfter.kind !== 'absent') facts.retryAfter = retryAfter.kind === 'delay' ? retryAfter.ms : 'after-in-flight'
  return facts
}

/** What an answer said about the quota. Source: the vendor's rate limits guide. */
export interface RateLimitFacts {
  /** Requests allowed in the window that the headers describe: 10 or 150. */
  limit?: number
  /** Requests left in that window. */
  remaining?: number
  /** Milliseconds until that window refreshes. The header is in whole seconds. */
  resetMs?: number
  /** Milliseconds that a 429 asked to wait; `'after-in-flight'` for `Retry-After: -1`. */
  retryAfter?: number | 'after-in-flight'
}
