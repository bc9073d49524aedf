import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { systemClock } from '../clock.ts'
import type { Clock, Timer } from '../clock.ts'
import { parseQuota, parseRetryAfter } from './headers.ts'
import { ParallelLimit } from './parallel-limit.ts'
import { WaitingQueue } from './queue.ts'
import type { Waiter } from './queue.ts'
import { RateLimitRefusal } from './refusal.ts'
import { forecast } from './forecast.ts'
import { FixedWindow } from './window.ts'
import type { WindowSpec } from './window.ts'
import type { Sent } from './window-end.ts'

export interface RateLimiterOptions {
  /** The account's fixed windows. Default: the API's, 10 in 1 s and 150 in 60 s. */
  readonly windows?: readonly WindowSpec[] | undefined
  /** Requests in flight at most. Default: six, and one more with each answer, until a `Retry-After: -1` ends that. */
  readonly maxInFlight?: number | undefined
  /** Calls that may wait; one more is refused at once. Default: no bound. */
  readonly maxQueue?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds. Default: no bound. */
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

/** What an answer means for its call. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** A 429: acquire again, with `after`; the wait is kept here, for every call. */
  | { readonly kind: 'retry' }
  /** A 429 that asks for a longer wait than `maxRetryAfterMs`. */
  | { readonly kind: 'refused-too-long'; readonly waitMs: number }

/** The beginning of an answer. */
export interface Head {
  readonly status: number
  readonly headers: Headers
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

/** The state of one window, for a meter. */
export interface WindowSnapshot {
  readonly name: string
  readonly limit: number
  /** Requests that count now, as far as known here; others of the account are seen only in answers. */
  readonly used: number
  readonly remaining: number
  /** Milliseconds until it refreshes at the latest; `undefined` while the phase is unknown. */
  readonly refreshesInMs: number | undefined
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
   * @throws RateLimitRefusal `queue-full` or `deadline`; rejects with the signal's reason on abort.
   */
  acquire(options?: AcquireOptions): Lease | Promise<Lease>
  /** The moment, on the clock, at which the last of `calls` calls made now could leave. */
  estimate(options?: { readonly calls?: number }): number
  snapshot(): LimiterSnapshot
}

/** An answer, with what is known of its request. */
interface Answered extends Head {
  readonly sent: Sent
  /** When the answer began. */
  readonly at: number
  /** The window that seemed full when it was sent to find out. */
  readonly probed: FixedWindow | undefined
}

/** A longer time until an answer is the server's, not the network's. */
const LONGEST_TRIP_MS = 1_000

/** The end of a shorter window comes before a probe pays. */
const PROBED_MS = 5_000

/** With the clocks further apart than this, one of them has jumped or the machine was asleep. */
const JUMP_MS = 500

/** One gate for everything that uses an account in this process. */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  const { clock = systemClock, maxQueue = Infinity, maxRetryAfterMs = Infinity } = options
  const windows = (options.windows ?? RATE_LIMIT_WINDOWS).map((spec) => new FixedWindow(spec))
  const parallel = new ParallelLimit(options.maxInFlight)
  const queue = new WaitingQueue<Lease>(() => timer?.cancel())
  let orders = 0
  let closedUntil = -Infinity
  let timer: Timer | undefined
  let clockOffset = clock.wallNow() - clock.now()
  let longestTripMs = 0
  let mayProbe = options.probe === 'once'

  /** The earliest moment for one more request; `Infinity`: when one in flight has ended. */
  function opening(now: number): number {
    const offset = clock.wallNow() - now
    if (Math.abs(offset - clockOffset) > JUMP_MS) for (const window of windows) window.forget()
    clockOffset = offset
    if (!parallel.hasRoom(now)) return parallel.reopensAt(now)
    let at = Math.max(now, closedUntil)
    const safeAt = at
    for (const window of windows) {
      const opening = window.opening(now)
      // A probe goes alone: what it proves must not depend on others.
      const isProbed = opening > safeAt && mayProbe && parallel.inFlight === 0 && window.spec.windowMs >= PROBED_MS
      at = Math.max(at, isProbed ? Math.min(opening, window.probeAt(now)) : opening)
    }
    return at
  }

  function lease(now: number, enqueuedAt: number, order: number): Lease {
    const sent: Sent = { sentAt: now, answeredAt: Infinity }
    const probed = mayProbe ? windows.find((window) => window.opening(now) > now) : undefined
    for (const window of windows) window.add(sent)
    parallel.enter()
    let isReleased = false
    return {
      waitedMs: now - enqueuedAt,
      order,
      answered({ status, headers }) {
        const at = clock.now()
        sent.answeredAt = at
        longestTripMs = Math.max(longestTripMs, Math.min(at - sent.sentAt, LONGEST_TRIP_MS))
        const verdict = learn({ status, headers, sent, at, probed })
        pump()
        return verdict
      },
      release() {
        if (isReleased) return
        isReleased = true
        // Given up without an answer, it may still be on its way.
        sent.answeredAt = Math.min(sent.answeredAt, clock.now() + longestTripMs)
        parallel.leave()
        pump()
      },
    }
  }

  function learn({ status, headers, sent, at, probed }: Answered): Verdict {
    if (status !== 429) for (const window of windows) window.counted(sent)
    const quota = parseQuota(headers)
    const described = quota.kind === 'quota' ? windows.find(({ spec }) => spec.limit === quota.limit) : undefined
    if (described && quota.kind === 'quota') {
      described.learn({ ...quota, sent })
    }
    shareForeign()
    if (status !== 429) {
      parallel.passed()
      return { kind: 'pass' }
    }
    const retryAfter = parseRetryAfter(headers.get('retry-after'), clock.wallNow())
    for (const window of windows) window.refused(sent)
    if (retryAfter.kind === 'after-in-flight') {
      parallel.refused(at)
      return { kind: 'retry' }
    }
    const waitMs = retryAfter.kind === 'delay' ? retryAfter.ms : Math.min(...windows.map(({ spec }) => spec.windowMs))
    if (probed) {
      mayProbe = false
      if (retryAfter.kind === 'delay') probed.endsIn(sent, retryAfter.ms)
    } else {
      for (const window of blamed(windows, waitMs)) window.overflowed(sent, waitMs)
      shareForeign()
    }
    if (waitMs > maxRetryAfterMs) return { kind: 'refused-too-long', waitMs }
    // A wait of 0 with a full window would be a busy loop.
    closedUntil = Math.max(closedUntil, at + Math.max(waitMs, 50))
    return { kind: 'retry' }
  }

  /** What one window has seen of others holds for all. */
  function shareForeign(): void {
    const [busiest] = windows.map((window) => window.foreignRate).toSorted((a, b) => b.perMs - a.perMs)
    if (busiest && busiest.perMs > 0) for (const window of windows) window.expectForeign(busiest)
  }

  /** Grants what may be granted, refuses what cannot be met, and sets the one timer for the rest. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    if (queue.size === 0) return
    const now = clock.now()
    let next = opening(now)
    for (let waiter = queue.peek(now); waiter && next <= now; waiter = queue.peek(now)) {
      queue.take(waiter)
      waiter.settle(lease(now, waiter.enqueuedAt, waiter.order))
      next = opening(now)
    }
    // Before the next opening nobody can leave: a deadline before it is missed already.
    for (const waiter of queue.takeMissed(now, next)) waiter.settle(Promise.reject(missed(next - now)))
    if (queue.size === 0) return
    const wakeAt = Math.min(queue.peek(now) ? next : Math.max(next, queue.nextDelayed()), queue.nextDeadline())
    timer = clock.setTimer(pump, wakeAt - now)
  }

  return {
    acquire({ signal, priority = 0, deadlineMs, notBeforeMs, after } = {}) {
      const now = clock.now()
      const isDelayed = notBeforeMs !== undefined && notBeforeMs > now
      const order = after?.order ?? orders++
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      if (queue.size === 0 && !isDelayed && !(deadlineMs !== undefined && deadlineMs < now) && opening(now) <= now) {
        return lease(now, now, order)
      }
      if (queue.size >= maxQueue && !after) {
        return Promise.reject(
          new RateLimitRefusal(
            'queue-full',
            `${queue.size} calls wait already, and maxQueue is ${maxQueue}: call later`,
          ),
        )
      }
      if (deadlineMs !== undefined) {
        const leavesAt = Math.max(notBeforeMs ?? now, estimate(priority > 0 || after ? 1 : queue.size + 1))
        if (leavesAt > deadlineMs) return Promise.reject(missed(leavesAt - now))
      }
      return new Promise<Lease>((settle) => {
        const waiter: Waiter<Lease> = {
          priority,
          order,
          notBefore: notBeforeMs,
          deadline: deadlineMs,
          enqueuedAt: now,
          signal,
          settle,
          isGone: false,
          next: undefined,
          previous: undefined,
        }
        queue.add(waiter, now)
        // Who waits behind others, without a deadline, changes nothing for the timer.
        if (queue.size === 1 || deadlineMs !== undefined || isDelayed || priority > 0) pump()
      })
    },
    estimate: ({ calls = 1 } = {}) => estimate(queue.size + calls),
    snapshot() {
      const now = clock.now()
      return {
        windows: windows.map((window) => {
          const used = Math.min(window.usedAt(now), window.spec.limit)
          const { name, limit } = window.spec
          const endsBy = window.endsBy(now)
          return {
            name,
            limit,
            used,
            remaining: limit - used,
            refreshesInMs: endsBy === undefined ? undefined : endsBy - now,
          }
        }),
        queued: queue.size,
        inFlight: parallel.inFlight,
        maxInFlight: parallel.limit,
      }
    },
  }

  function estimate(calls: number): number {
    const now = clock.now()
    return Math.max(forecast(windows, now, calls), closedUntil, now)
  }
}

/** The window that a refusal comes from: the shortest that is as long as the wait. */
function blamed(windows: readonly FixedWindow[], waitMs: number): readonly FixedWindow[] {
  const possible = windows.filter(({ spec }) => spec.windowMs >= waitMs)
  const shortest = Math.min(...possible.map(({ spec }) => spec.windowMs))
  return possible.filter(({ spec }) => spec.windowMs === shortest)
}

function missed(waitMs: number): RateLimitRefusal {
  const when = Number.isFinite(waitMs) ? `in ${Math.ceil(waitMs)} ms` : 'when one in flight has ended'
  return new RateLimitRefusal(
    'deadline',
    `The quota has room ${when}, after the deadline of this call`,
    Number.isFinite(waitMs) ? waitMs : undefined,
  )
}
