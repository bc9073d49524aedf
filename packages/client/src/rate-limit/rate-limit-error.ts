/** Why the limiter gave no place. `retryAfterMs`: milliseconds until the call could leave instead, where known. */
export class RateLimitError extends Error {
  readonly kind: 'queue-full' | 'rate-limited'
  readonly retryAfterMs: number | undefined

  constructor(kind: RateLimitError['kind'], message: string, retryAfterMs?: number) {
    super(message)
    this.name = 'RateLimitError'
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

/** @param waitMs that the API asked for and that are still to pass */
export function closedTooLong(waitMs: number): RateLimitError {
  const seconds = Math.ceil(waitMs / 1_000)
  const message = `Rate limited: the API asks to wait ${seconds} s, more than maxRetryAfterMs. Retry later, or raise it`
  return new RateLimitError('rate-limited', message, Math.ceil(waitMs))
}

export function queueFull(waiting: number, maxQueue: number): RateLimitError {
  const message = `${waiting} calls wait already, and maxQueue is ${maxQueue}: call later`
  return new RateLimitError('queue-full', message)
}
