import * as checks from '#checks'
import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { systemClock } from '../clock.ts'
import type { Timer } from '../clock.ts'
import { closedTooLong, queueFull } from '../failures.ts'
import { isEdgeWorker } from '../edge-worker.ts'
import { Planner } from './planner/planner.ts'
import { readHead } from './planner/response-facts.ts'
import { WaitingQueue } from './queue.ts'
import { MAX_RETRY_AFTER_MS } from './rate-limiter.ts'
import type { Permit, RateLimiter, RateLimiterOptions } from './rate-limiter.ts'

/** On an edge worker, each waiting call looks so often whether it can leave. */
const LOOK_MS = 500
/** With the clocks further apart than this, one of them has jumped or the machine was asleep. */
const JUMP_MS = 500

/**
 * One gate for everything that uses an account in this process.
 * @throws ExportsError `invalid-options`
 */
export function createRateLimiter(options: RateLimiterOptions = {}): RateLimiter {
  checks.limiterOptions(options)
  const { clock = systemClock, maxQueue = Infinity, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const { windows = RATE_LIMIT_WINDOWS, maxInFlight, probe, random = Math.random } = options
  const tiers = options.windows ? [] : Object.values(RATE_LIMIT_TIERS)
  const planner = new Planner({ windows, tiers, maxInFlight, probe, random })
  const queue = new WaitingQueue<Permit>(() => timer?.cancel())
  let orders = 0
  let timer: Timer | undefined
  let clockOffset = clock.wallNow() - clock.now()

  /** Drops the known ends of windows when a clock has jumped since the last look, or the machine was asleep. */
  function compareClocks(now: number): void {
    const offset = clock.wallNow() - now
    if (Math.abs(offset - clockOffset) > JUMP_MS) planner.forget(now)
    clockOffset = offset
  }

  function permit(now: number, enqueuedAt: number, order: number): Permit {
    const sending = planner.send(now)
    return {
      waitedMs: now - enqueuedAt,
      order,
      answered(head) {
        const at = clock.now()
        compareClocks(at)
        planner.answered(sending, at, readHead(head, clock.wallNow()))
        pump()
      },
      release() {
        if (sending.isReleased) return
        planner.release(sending, clock.now())
        pump()
      },
    }
  }

  /** Grants what may be granted, and sets the one timer for the rest. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    if (queue.size === 0) return
    const now = clock.now()
    compareClocks(now)
    const closedMs = planner.closedMs(now)
    if (closedMs > maxRetryAfterMs) {
      while (queue.size > 0) queue.take().settle(Promise.reject(closedTooLong(closedMs)))
      return
    }
    let opening = planner.opening(now)
    while (queue.size > 0 && opening <= now) {
      const { settle, enqueuedAt, order } = queue.take()
      settle(permit(now, enqueuedAt, order))
      opening = planner.opening(now)
    }
    if (queue.size > 0 && opening < Infinity) timer = clock.setTimer(pump, opening - now)
  }

  /** A timer of an edge worker ends with the request that set it, so each waiting call has one of its own. */
  function watch(granted: Promise<Permit>): void {
    let own = clock.setTimer(look, LOOK_MS)
    function look(): void {
      pump()
      own = clock.setTimer(look, LOOK_MS)
    }
    const end = (): void => own.cancel()
    void granted.then(end, end)
  }

  return {
    acquire({ signal, priority = 0, after } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      const now = clock.now()
      compareClocks(now)
      const order = after?.order ?? orders++
      if (queue.size === 0 && planner.opening(now) <= now) return permit(now, now, order)
      const closedMs = planner.closedMs(now)
      if (closedMs > maxRetryAfterMs) return Promise.reject(closedTooLong(closedMs))
      if (queue.size >= maxQueue && !after) return Promise.reject(queueFull(queue.size, maxQueue))
      const granted = new Promise<Permit>((settle) => {
        queue.add({ priority, order, enqueuedAt: now, signal, settle })
      })
      // A call behind others changes nothing for the timer.
      if (queue.size === 1 || priority > 0) pump()
      if (isEdgeWorker()) watch(granted)
      return granted
    },
    estimate: ({ calls = 1, place = 'last' } = {}) =>
      planner.estimate(clock.now(), calls + (place === 'last' ? queue.size : 0)),
    snapshot: () => ({
      windows: planner.snapshot(clock.now()),
      queued: queue.size,
      inFlight: planner.inFlight,
      maxInFlight: planner.maxInFlight,
    }),
  }
}
