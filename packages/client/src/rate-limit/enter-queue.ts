import type { AcquireOptions } from './limiter.ts'
import type { Waiter, WaitingQueue } from './queue.ts'
import { closedTooLong, missedDeadline, queueFull } from './refusal.ts'

export interface Entrance<Grant> {
  readonly queue: WaitingQueue<Grant>
  readonly now: number
  /** Place among equals. */
  readonly order: number
  /** Calls that may wait; a retry always may. */
  readonly maxQueue: number
  /** How much longer nothing may leave, because a 429 has said so; and how long a call may wait for that. */
  readonly closedMs: number
  readonly maxRetryAfterMs: number
  /** The moment at which the last of so many calls could leave. */
  readonly estimate: (calls: number) => number
}

/** Waits for a place, or rejects at once where that is certain to be in vain. */
export function enterQueue<Grant>(entrance: Entrance<Grant>, options: AcquireOptions): Promise<Grant> {
  const { queue, now, order, maxQueue, closedMs, maxRetryAfterMs, estimate } = entrance
  const { signal, priority = 0, deadlineMs, notBeforeMs, after } = options
  if (closedMs > maxRetryAfterMs) return Promise.reject(closedTooLong(closedMs))
  if (queue.size >= maxQueue && !after) return Promise.reject(queueFull(queue.size, maxQueue))
  if (deadlineMs !== undefined) {
    const leavesAt = Math.max(notBeforeMs ?? now, estimate(priority > 0 || after ? 1 : queue.size + 1))
    if (leavesAt > deadlineMs) return Promise.reject(missedDeadline(leavesAt - now))
  }
  return new Promise<Grant>((settle) => {
    const waiter: Waiter<Grant> = {
      priority,
      order,
      notBefore: notBeforeMs,
      deadline: deadlineMs,
      enqueuedAt: now,
      signal,
      settle,
    }
    queue.add(waiter, now)
  })
}
