import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { systemClock } from '../../clock.ts'
import type { Timer } from '../../clock.ts'
import { callback, checkOption, checkOptions, objectWith, wholeFrom } from '../../options.ts'
import type { OptionRule } from '../../options.ts'
import { enterQueue } from '../enter-queue.ts'
import { LIMITER_RULES } from '../limiter-options.ts'
import { MAX_RETRY_AFTER_MS } from '../limiter.ts'
import type { Lease, LimiterSnapshot, RateLimiter, RateLimiterOptions } from '../limiter.ts'
import { WaitingQueue } from '../queue.ts'
import { closedTooLong, missedDeadline } from '../refusal.ts'
import { toldBy, verdictOf } from '../verdict.ts'
import { AccountLog } from './account-log.ts'
import type { StoreSnapshot } from './account-log.ts'
import { OwnPart } from './own-part.ts'
import type { Store } from './store.ts'

export interface SharedRateLimiterOptions extends Omit<RateLimiterOptions, 'probe'> {
  /** What the processes of the account share. */
  readonly store: Store
  /**
   * Processes of the account, at most. While the store is away each takes no more than this part of the quota, so that
   * all of them together stay within it. Default 8.
   */
  readonly processes?: number | undefined
  /** Makes the name of this process, which no other has. Default: a random UUID. */
  readonly newId?: (() => string) | undefined
}

export interface SharedRateLimiter extends RateLimiter {
  snapshot(): LimiterSnapshot & StoreSnapshot
  /** Resolves when the store has been told of everything that has ended. Call it before you close its connection. */
  flush(): Promise<void>
}

const { probe: _, ...COMMON_RULES } = LIMITER_RULES

const SHARED_RULES = {
  ...COMMON_RULES,
  store: objectWith('exchange', 'a store, made by createRedisStore or createMemoryStore'),
  // Infinite many would leave nothing for each.
  processes: (value) =>
    Number.isFinite(value) ? wholeFrom(1)(value) : 'a whole number from 1: how many share the account',
  newId: callback,
} satisfies Record<keyof SharedRateLimiterOptions, OptionRule>

/**
 * One gate for all processes of an account: the limiter of one process, whose memory is a log that all of them write
 * and read. Nobody decides for others: each process asks for places, and gets them only if it has read everything.
 *
 * Without the store each goes on alone, in its part of the quota, once everything that others may have sent has
 * stopped to count. A store that fails throws nothing: `snapshot()` tells why it is away.
 *
 * @throws ExportsError `invalid-options`
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter {
  checkOptions(options, SHARED_RULES)
  checkOption('store', options.store, SHARED_RULES.store)
  const { store, clock = systemClock, maxQueue = Infinity, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const { windows = RATE_LIMIT_WINDOWS, maxInFlight, processes = 8 } = options
  const { newId = () => globalThis.crypto.randomUUID() } = options
  const whole = { windows, maxInFlight, probe: 'never' } as const
  const queue = new WaitingQueue<Lease>(() => schedule())
  const part = new OwnPart(whole, processes)
  const log = new AccountLog({ store, clock, part, ledger: whole, member: newId() })
  let orders = 0
  let timer: Timer | undefined
  let exchanging: Promise<void> | undefined

  /** Reads and writes, again and again, until there is nothing more to do now. */
  function exchange(): Promise<void> {
    exchanging ??= untilNothingIsDue().finally(() => {
      exchanging = undefined
      schedule()
    })
    return exchanging
  }

  async function untilNothingIsDue(): Promise<void> {
    while (log.isDue(clock.now(), waiting())) {
      // One after the other: each depends on what the one before has read.
      for (const id of await log.exchange(waiting())) grant(id)
    }
  }

  /** Calls that wait, and those of them that may leave now. */
  function waiting(): { readonly all: number; readonly ready: number } {
    return { all: queue.size, ready: queue.peek(clock.now()) ? queue.readyAtMost : 0 }
  }

  /** Gives a place to the next, or back when nobody wants it any more. */
  function grant(id: string): void {
    const now = clock.now()
    const waiter = queue.peek(now)
    if (!waiter) return log.released(id, now)
    const { enqueuedAt, order } = waiter
    queue.take(waiter)(lease(id, now, { waitedMs: now - enqueuedAt, order }))
  }

  function lease(id: string, now: number, facts: Pick<Lease, 'waitedMs' | 'order'>): Lease {
    const sending = part.send(now)
    log.sent(id)
    return {
      ...facts,
      answered(head) {
        const told = toldBy(head, clock.wallNow())
        part.answered(sending, clock.now(), told)
        log.answered(id, clock.now(), told)
        schedule()
        return verdictOf(told, log.ledger, maxRetryAfterMs)
      },
      release() {
        if (sending.isReleased) return
        part.release(sending, clock.now())
        log.released(id, clock.now())
        schedule()
      },
    }
  }

  /** Grants what needs no store, refuses what cannot be met, and sets the one timer for whatever comes next. */
  function schedule(): void {
    timer?.cancel()
    timer = undefined
    if (exchanging) return
    const now = clock.now()
    const closedMs = log.closedMs(now)
    if (closedMs > maxRetryAfterMs) {
      for (const settle of queue.takeAll()) settle(Promise.reject(closedTooLong(closedMs)))
    }
    while (queue.peek(now) && log.mayLeaveAlone(now)) grant(log.leaveAlone(now))
    const opening = log.opening(now)
    for (const settle of queue.takeMissed(now, opening)) settle(Promise.reject(missedDeadline(opening - now)))
    const at = log.isDue(now, waiting())
      ? now
      : Math.min(log.nextLook(now, waiting()), queue.nextDelayed(), queue.nextDeadline())
    if (at < Infinity) timer = clock.setTimer(() => void exchange(), at - now)
  }

  return {
    acquire(call = {}) {
      const { signal, after } = call
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      const now = clock.now()
      const order = after?.order ?? orders++
      const estimate = (calls: number): number => log.estimate(now, calls)
      const closedMs = log.closedMs(now)
      const entrance = { queue, now, order, maxQueue, closedMs, maxRetryAfterMs, estimate }
      const granted = enterQueue<Lease>(entrance, call)
      schedule()
      return granted
    },
    estimate: ({ calls = 1 } = {}) => log.estimate(clock.now(), queue.size + calls),
    async flush() {
      while (!log.isTold) await exchange()
    },
    snapshot: () => ({ ...log.snapshot(clock.now()), queued: queue.size }),
  }
}
