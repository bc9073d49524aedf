/** Why the limiter gave no place. `retryAfterMs`: when the call could leave instead, from now, where known. */
export class RateLimitRefusal extends Error {
  readonly kind: 'queue-full' | 'deadline' | 'rate-limited'
  readonly retryAfterMs: number | undefined

  constructor(kind: RateLimitRefusal['kind'], message: string, retryAfterMs?: number) {
    super(message)
    this.name = 'RateLimitRefusal'
    this.kind = kind
    this.retryAfterMs = retryAfterMs
  }
}

/** @param waitMs until the call could leave; `Infinity`: when one in flight has ended. */
export function missedDeadline(waitMs: number): RateLimitRefusal {
  if (waitMs <= 0) return new RateLimitRefusal('deadline', 'The deadline of this call has passed before it left', 0)
  const when = Number.isFinite(waitMs) ? `in ${Math.ceil(waitMs)} ms` : 'when one in flight has ended'
  return new RateLimitRefusal(
    'deadline',
    `The quota has room ${when}, after the deadline of this call`,
    Number.isFinite(waitMs) ? waitMs : undefined,
  )
}

/** @param waitMs that the API has asked for and that are still to pass */
export function closedTooLong(waitMs: number): RateLimitRefusal {
  const seconds = Math.ceil(waitMs / 1000)
  return new RateLimitRefusal(
    'rate-limited',
    `A 429 has asked every call to wait for another ${seconds} s, longer than maxRetryAfterMs: call then, or allow it`,
    waitMs,
  )
}

export function queueFull(waiting: number, maxQueue: number): RateLimitRefusal {
  return new RateLimitRefusal('queue-full', `${waiting} calls wait already, and maxQueue is ${maxQueue}: call later`)
}
