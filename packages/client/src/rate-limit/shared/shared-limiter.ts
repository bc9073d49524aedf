import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { callback, checkOption, checkOptions, objectWith, wholeFrom } from '../../check.ts'
import type { OptionRule } from '../../check.ts'
import { systemClock } from '../../clock.ts'
import type { Timer } from '../../clock.ts'
import { closedTooLong, queueFull } from '../../failures.ts'
import { ParallelLimit } from '../planner/parallel-limit.ts'
import { Planner } from '../planner/planner.ts'
import { readHead } from '../planner/response-facts.ts'
import type { WindowSpec } from '../planner/window-spec.ts'
import { WaitingQueue } from '../queue.ts'
import { LIMITER_RULES } from '../limiter-rules.ts'
import { MAX_RETRY_AFTER_MS } from '../rate-limiter.ts'
import type { LimiterSnapshot, Permit, RateLimiter, RateLimiterOptions } from '../rate-limiter.ts'
import { AccountLink } from './account-link.ts'
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

export interface StoreSnapshot {
  /** `away`: the store cannot be reached, and calls leave within this process's part of the quota. */
  readonly store: 'shared' | 'away'
  /** What the last exchange has failed with, while the store is away. */
  readonly storeFailure: unknown
}

const { probe: _, ...COMMON_RULES } = LIMITER_RULES

const SHARED_RULES = {
  ...COMMON_RULES,
  store: objectWith('exchange', 'a store, made by createRedisStore, createFileStore or createMemoryStore'),
  // Infinite many would leave nothing for each.
  processes: (value) =>
    Number.isFinite(value) ? wholeFrom(1)(value) : 'a whole number from 1: how many share the account',
  newId: callback,
} satisfies Record<keyof SharedRateLimiterOptions, OptionRule>

/**
 * One gate for all processes of an account: each place in the quota is asked of the store. While the store is away each
 * process goes on alone, in its part of the quota. A store that fails throws nothing: `snapshot()` tells why it is away.
 *
 * @throws ExportsError `invalid-options`
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): SharedRateLimiter {
  checkOptions(options, SHARED_RULES)
  checkOption('store', options.store, SHARED_RULES.store)
  const { store, clock = systemClock, maxQueue = Infinity, maxRetryAfterMs = MAX_RETRY_AFTER_MS } = options
  const { processes = 8, maxInFlight, random = Math.random } = options
  const member = (options.newId ?? (() => globalThis.crypto.randomUUID()))()
  const windows = (options.windows ?? RATE_LIMIT_WINDOWS).toSorted((a, b) => a.windowMs - b.windowMs)
  const link = new AccountLink({ store, clock, windows, tier: options.windows ? 'kept' : 'told' })
  const parallel = new ParallelLimit(maxInFlight)
  const queue = new WaitingQueue<Permit>(() => pump())
  let own = ownPart()
  let [orders, places] = [0, 0]
  let timer: Timer | undefined
  let exchanging: Promise<void> | undefined

  /** What this process takes of the quota while the store is away, and asks for at a time while it is not. */
  function ownPart(): { readonly whole: unknown; readonly part: readonly WindowSpec[]; readonly alone: Planner } {
    const part = link.windows.map((spec) => ({ ...spec, limit: Math.max(1, Math.floor(spec.limit / processes)) }))
    return { whole: link.windows, part, alone: new Planner({ windows: part, maxInFlight, random }) }
  }

  const newPlace = (): string => `${member}:${places++}`
  const closedMs = (now: number): number => Math.max(0, link.closedUntil - now)
  const exchangesAt = (now: number): number =>
    link.exchangesAt(queue.size > 0 ? parallel.opening(now) : Infinity, parallel.inFlight)

  /** Refuses what cannot be met, grants what needs no store, exchanges what is due, and sets the one timer. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    const now = clock.now()
    if (own.whole !== link.windows) own = ownPart()
    const { alone } = own
    if (closedMs(now) > maxRetryAfterMs) {
      while (queue.size > 0) queue.take().settle(Promise.reject(closedTooLong(closedMs(now))))
    }
    if (link.failure) while (queue.size > 0 && alone.opening(now) <= now) grant(newPlace(), now)
    if (!exchanging && exchangesAt(now) <= now) void begin()
    const grantsAt = link.failure && queue.size > 0 ? alone.opening(now) : Infinity
    const at = Math.min(grantsAt, exchanging ? Infinity : exchangesAt(now))
    if (at < Infinity) timer = clock.setTimer(pump, at - now)
  }

  function begin(): Promise<void> {
    exchanging = exchange().finally(() => {
      exchanging = undefined
      pump()
    })
    return exchanging
  }

  async function exchange(): Promise<void> {
    const now = clock.now()
    const room = parallel.opening(now) <= now ? parallel.limit - parallel.inFlight : 0
    const share = own.part[0]?.limit ?? Infinity
    const want = Array.from({ length: Math.min(queue.size, room, share) }, newPlace)
    for (const id of await link.exchange(want)) grant(id, clock.now())
  }

  /** Gives a place to the next call, or back when none can use it. */
  function grant(id: string, now: number): void {
    if (queue.size === 0 || parallel.opening(now) > now) return link.freed(id, now)
    link.left(id, now)
    const { settle, enqueuedAt, order } = queue.take()
    settle(permit(id, now, { waitedMs: now - enqueuedAt, order }))
  }

  function permit(id: string, now: number, facts: Pick<Permit, 'waitedMs' | 'order'>): Permit {
    const planner = own.alone
    const sending = planner.send(now)
    parallel.enter()
    return {
      ...facts,
      answered(head) {
        const at = clock.now()
        const { status, quota, retryAfter } = readHead(head, clock.wallNow())
        // What is left of the whole quota says nothing of a part.
        planner.answered(sending, at, { status, retryAfter, quota: { kind: 'absent' } })
        if (status !== 429) {
          parallel.passed()
          link.accepted(id, sending, quota)
        } else {
          link.freed(id, at)
          if (retryAfter.kind === 'after-in-flight') parallel.refused(at)
          else link.closed(at + planner.closedMs(at))
        }
        pump()
      },
      release() {
        if (sending.isReleased) return
        planner.release(sending, clock.now())
        parallel.leave()
        pump()
      },
    }
  }

  return {
    acquire({ signal, priority = 0, after } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      const now = clock.now()
      if (closedMs(now) > maxRetryAfterMs) return Promise.reject(closedTooLong(closedMs(now)))
      if (queue.size >= maxQueue && !after) return Promise.reject(queueFull(queue.size, maxQueue))
      const order = after?.order ?? orders++
      const granted = new Promise<Permit>((settle) => {
        queue.add({ priority, order, enqueuedAt: now, signal, settle })
      })
      // A call behind others changes nothing for the timer.
      if (queue.size === 1) pump()
      return granted
    },
    estimate({ calls = 1, place = 'last' } = {}) {
      const all = calls + (place === 'last' ? queue.size : 0)
      return (link.failure ? own.alone : link).estimate(clock.now(), all)
    },
    async flush() {
      while (!link.isTold || exchanging) await (exchanging ?? begin())
    },
    snapshot: () => ({
      windows: (link.failure ? own.alone : link).snapshot(clock.now()),
      queued: queue.size,
      inFlight: parallel.inFlight,
      maxInFlight: parallel.limit,
      store: link.failure ? 'away' : 'shared',
      storeFailure: link.failure?.error,
    }),
  }
}
