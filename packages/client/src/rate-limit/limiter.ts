import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { systemClock } from '../clock.ts'
import type { Clock, Timer } from '../clock.ts'
import { checkOptions } from '../options.ts'
import { enterQueue } from './enter-queue.ts'
import { Ledger } from './ledger.ts'
import type { WindowSnapshot } from './ledger.ts'
import { LIMITER_RULES } from './limiter-options.ts'
import { WaitingQueue } from './queue.ts'
import { closedTooLong, missedDeadline } from './refusal.ts'
import { toldBy, verdictOf } from './verdict.ts'
import type { Head, Verdict } from './verdict.ts'
import type { WindowSpec } from './window.ts'

export interface RateLimiterOptions {
  /** The account's fixed windows. Default: the API's, 10 in 1 s and 150 in 60 s. */
  readonly windows?: readonly WindowSpec[] | undefined
  /** Requests in flight at most. Default: six, and twice as many after as many answers, until a `Retry-After: -1`. */
  readonly maxInFlight?: number | undefined
  /** Calls that may wait; one more is refused at once. Default: no bound. */
  readonly maxQueue?: number | undefined
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. After a longer one every call fails at once, unsent,
   * until it has passed. Default 120,000.
   */
  readonly maxRetryAfterMs?: number | undefined
  /**
   * What to do with a long window that is used up and whose end is not known exactly. `'never'`: wait until it is over
   * for certain. `'once'`: send one request alone to find out, at the risk of one 429. Default `'never'`.
   */
  readonly probe?: 'never' | 'once' | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
}

export interface AcquireOptions {
  /** Gives the place up at once; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Higher goes first. Default 0. */
  readonly priority?: number | undefined
  /** Moment on the clock by which the call must have left. A deadline that cannot be met is refused at once. */
  readonly deadlineMs?: number | undefined
  /** Moment on the clock before which it must not leave: for back-off. */
  readonly notBeforeMs?: number | undefined
  /** The lease of the attempt before: a retry keeps its place among the waiting. */
  readonly after?: Lease | undefined
}

/** A place for one request. Release it, whatever happens. */
export interface Lease {
  /** Milliseconds between asking and being granted. */
  readonly waitedMs: number
  /** Place in the queue. */
  readonly order: number
  /** To be told the head of the answer. */
  answered(head: Head): Verdict
  /** The request has ended: its body was read, it failed, or it was aborted. Again is harmless. */
  release(): void
}

export interface LimiterSnapshot {
  readonly windows: readonly WindowSnapshot[]
  readonly queued: number
  readonly inFlight: number
  /** Requests in flight at most, as set or learnt. */
  readonly maxInFlight: number
}

export interface RateLimiter {
  /**
   * A place for one request: at once and without a promise or a timer while there is budget, else a promise.
   * @throws RateLimitRefusal as a rejection: `queue-full`, `deadline`, or `rate-limited` after a 429 whose wait is longer
   * than `maxRetryAfterMs`; on abort, the signal's reason.
   */
  acquire(options?: AcquireOptions): Lease | Promise<Lease>
  /** The moment, on the clock, at which the last of `calls` calls made now could leave. */
  estimate(options?: { readonly calls?: number }): number
  snapshot(): LimiterSnapshot
}

/** Default of `maxRetryAfterMs`. */
export const MAX_RETRY_AFTER_MS = 120_000

/** With the clocks further apart than this, one of them has jumped or the machine was asleep. */
const JUMP_MS = 500

/**
 * One gate for everything that uses an account in this process.
 * @throws ExportsError `invalid-options`
 */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  checkOptions(options, LIMITER_RULES)
  const { clock = systemClock, maxQueue = Infinity, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const { windows = RATE_LIMIT_WINDOWS, maxInFlight, probe = 'never' } = options
  const ledger = new Ledger({ windows, maxInFlight, probe })
  const queue = new WaitingQueue<Lease>(() => timer?.cancel())
  let orders = 0
  let timer: Timer | undefined
  let clockOffset = clock.wallNow() - clock.now()

  /** Drops what was learnt when a clock has jumped since it was last looked at, or the machine was asleep. */
  function compareClocks(now: number): void {
    const offset = clock.wallNow() - now
    if (Math.abs(offset - clockOffset) > JUMP_MS) ledger.forget()
    clockOffset = offset
  }

  /** The earliest moment for one more request; `Infinity`: when one in flight has ended. */
  function opening(now: number): number {
    compareClocks(now)
    return ledger.opening(now)
  }

  function lease(now: number, enqueuedAt: number, order: number): Lease {
    const sending = ledger.send(now)
    return {
      waitedMs: now - enqueuedAt,
      order,
      answered(head) {
        const now = clock.now()
        compareClocks(now)
        const told = toldBy(head, clock.wallNow())
        ledger.answered(sending, now, told)
        pump()
        return verdictOf(told, ledger, maxRetryAfterMs)
      },
      release() {
        if (sending.isReleased) return
        ledger.release(sending, clock.now())
        pump()
      },
    }
  }

  /** Grants what may be granted, refuses what cannot be met, and sets the one timer for the rest. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    if (queue.size === 0) return
    const now = clock.now()
    const closedMs = ledger.closedMs(now)
    if (closedMs > maxRetryAfterMs) {
      for (const settle of queue.takeAll()) settle(Promise.reject(closedTooLong(closedMs)))
      return
    }
    let next = opening(now)
    for (let waiter = queue.peek(now); waiter && next <= now; waiter = queue.peek(now)) {
      queue.take(waiter)(lease(now, waiter.enqueuedAt, waiter.order))
      next = opening(now)
    }
    // Before the next opening nobody can leave: a deadline before it is missed already.
    for (const settle of queue.takeMissed(now, next)) settle(Promise.reject(missedDeadline(next - now)))
    if (queue.size === 0) return
    const wakeAt = Math.min(queue.peek(now) ? next : Math.max(next, queue.nextDelayed()), queue.nextDeadline())
    timer = clock.setTimer(pump, wakeAt - now)
  }

  return {
    acquire(call = {}) {
      const { signal, priority = 0, deadlineMs, notBeforeMs, after } = call
      const now = clock.now()
      const isDelayed = notBeforeMs !== undefined && notBeforeMs > now
      const order = after?.order ?? orders++
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      if (queue.size === 0 && !isDelayed && !(deadlineMs !== undefined && deadlineMs < now) && opening(now) <= now) {
        return lease(now, now, order)
      }
      const estimate = (calls: number): number => ledger.estimate(now, calls)
      const closedMs = ledger.closedMs(now)
      const entrance = { queue, now, order, maxQueue, closedMs, maxRetryAfterMs, estimate }
      const granted = enterQueue<Lease>(entrance, call)
      // Who waits behind others, without a deadline, changes nothing for the timer.
      if (queue.size === 1 || deadlineMs !== undefined || isDelayed || priority > 0) pump()
      return granted
    },
    estimate: ({ calls = 1 } = {}) => ledger.estimate(clock.now(), queue.size + calls),
    snapshot: () => ({
      windows: ledger.snapshot(clock.now()),
      queued: queue.size,
      inFlight: ledger.inFlight,
      maxInFlight: ledger.maxInFlight,
    }),
  }
}
