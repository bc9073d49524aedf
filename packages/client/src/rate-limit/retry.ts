/** Statuses that may pass by themselves. 429 is not among them: the limiter waits for it, without a count. */
const TRANSIENT: readonly number[] = [500, 502, 503, 504]

const BASE_MS = 500
const LONGEST_MS = 30_000

export interface RetryOptions {
  /** Failures of this call so far, before this one. */
  readonly failures: number
  readonly maxRetries: number
  /** Status of the answer; `undefined` for a network failure or a timeout. */
  readonly status: number | undefined
  /** Chance in [0, 1). */
  readonly random: () => number
}

/**
 * Milliseconds until the next attempt, exponential with full jitter (0 up to 0.5, 1, 2 … 30 s);
 * `undefined` when the failure is final.
 */
export function retryDelay({ failures, maxRetries, status, random }: RetryOptions): number | undefined {
  if (failures >= maxRetries || (status !== undefined && !TRANSIENT.includes(status))) return undefined
  return random() * Math.min(LONGEST_MS, BASE_MS * 2 ** failures)
}
