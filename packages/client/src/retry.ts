import type { RetryAfter } from './rate-limit/headers.ts'

const BASE_MS = 500
const LONGEST_MS = 30_000

/** Statuses of a server that will never do it: not implemented, another version of HTTP. */
const FINAL: readonly number[] = [501, 505]

export interface RetryOptions {
  /** Failures of this call so far, before this one. */
  readonly failures: number
  readonly maxRetries: number
  /** Status of the answer; `undefined` for a network failure or a timeout. */
  readonly status: number | undefined
  /** What the answer asked for. Default: nothing. */
  readonly retryAfter?: RetryAfter | undefined
  /** The longest wait that an answer may ask for, in milliseconds. Default: no bound. */
  readonly maxRetryAfterMs?: number | undefined
  /** Chance in [0, 1). */
  readonly random: () => number
}

/**
 * Milliseconds until the next attempt: exponential with full jitter (0 up to 0.5, 1, 2 … 30 s), and not before a
 * `Retry-After` has passed; `undefined` when the failure is final. Network failures, timeouts and 5xx may pass by
 * themselves, but 501 and 505.
 */
export function retryDelay(options: RetryOptions): number | undefined {
  const { failures, maxRetries, status, retryAfter, maxRetryAfterMs = Infinity, random } = options
  const isTransient = status === undefined || (status >= 500 && !FINAL.includes(status))
  const askedMs = retryAfter?.kind === 'delay' ? retryAfter.ms : 0
  if (failures >= maxRetries || !isTransient || askedMs > maxRetryAfterMs) return undefined
  return askedMs + random() * Math.min(LONGEST_MS, BASE_MS * 2 ** failures)
}
