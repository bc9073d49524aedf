import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { callback, checkOption, checkOptions, objectWith, wholeFrom } from '../../check.ts'
import type { OptionRule } from '../../check.ts'
import { systemClock } from '../../clock.ts'
import type { Timer } from '../../clock.ts'
import { ParallelLimit } from '../planner/parallel-limit.ts'
import { Planner } from '../planner/planner.ts'
import type { Sending } from '../planner/planner.ts'
import { readHead } from '../planner/response-facts.ts'
import type { ResponseFacts } from '../planner/response-facts.ts'
import { LONGEST_TRIP_MS } from '../planner/window-count.ts'
import type { WindowSpec } from '../planner/window-spec.ts'
import { WaitingQueue } from '../queue.ts'
import { closedTooLong, queueFull } from '../rate-limit-error.ts'
import { LIMITER_RULES, MAX_RETRY_AFTER_MS } from '../rate-limiter.ts'
import type { LimiterSnapshot, Permit, RateLimiter, RateLimiterOptions } from '../rate-limiter.ts'
import { OwnPlaces } from './own-places.ts'
import type { ExchangeReply, Store } from './store.ts'
import { endTold } from './window-end.ts'

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

/** A store that takes longer is away. */
const PATIENCE_MS = 1_000
/** Between two attempts to reach it. */
const RETRY_MS = 500
/** What has ended is told after so long at the latest. */
const REPORT_MS = 100
/** A waiting caller looks again after so long at the latest: others may have given places back. */
const LOOK_MS = 1_000
const NOTHING = { arrived: [], freed: [], told: [], closeMs: 0 }

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
  const byLength = (options.windows ?? RATE_LIMIT_WINDOWS).toSorted((a, b) => a.windowMs - b.windowMs)
  const longestMs = byLength.at(-1)?.windowMs ?? 0
  let windows: readonly WindowSpec[] = byLength
  let alone = planAlone()
  const parallel = new ParallelLimit(maxInFlight)
  const own = new OwnPlaces()
  const queue = new WaitingQueue<Permit>(() => pump())
  let [orders, places] = [0, 0]
  let timer: Timer | undefined
  let exchanging: Promise<void> | undefined
  let failure: { readonly error: unknown } | undefined
  /** When to ask next; while the store is away, when to try it. */
  let askAt = -Infinity
  let closedUntil = -Infinity
  let last: (ExchangeReply & { readonly at: number }) | undefined

  /** This process's part of the quota. */
  function planAlone(): Planner {
    const part = windows.map((spec) => ({ ...spec, limit: Math.max(1, Math.floor(spec.limit / processes)) }))
    return new Planner({ windows: part, maxInFlight, random })
  }

  const newPlace = (): string => `${member}:${places++}`
  const closedMs = (now: number): number => Math.max(0, closedUntil - now)

  /** Refuses what cannot be met, grants what needs no store, exchanges what is due, and sets the one timer. */
  function pump(): void {
    timer?.cancel()
    timer = undefined
    const now = clock.now()
    if (closedMs(now) > maxRetryAfterMs) {
      for (const settle of queue.takeAll()) settle(Promise.reject(closedTooLong(closedMs(now))))
    }
    if (failure) while (queue.size > 0 && alone.opening(now) <= now) grant(newPlace(), now, false)
    if (!exchanging && exchangesAt(now) <= now) begin()
    const grantsAt = failure && queue.size > 0 ? alone.opening(now) : Infinity
    const at = Math.min(grantsAt, exchanging ? Infinity : exchangesAt(now))
    if (at < Infinity) timer = clock.setTimer(pump, at - now)
  }

  /** The moment of the next exchange, if nothing happens before. */
  function exchangesAt(now: number): number {
    // What is left to tell keeps no process alive while the store is away.
    if (failure) return queue.size > 0 || parallel.inFlight > 0 ? askAt : Infinity
    return Math.min(own.since + REPORT_MS, queue.size > 0 ? Math.max(askAt, parallel.opening(now)) : Infinity)
  }

  function begin(): Promise<void> {
    exchanging = exchange().finally(() => {
      exchanging = undefined
      pump()
    })
    return exchanging
  }

  async function exchange(): Promise<void> {
    const startedAt = clock.now()
    // An attempt to reach the store says and asks for nothing: it may be taken in when that is long past.
    const isAttempt = failure !== undefined
    const room = isAttempt || parallel.opening(startedAt) > startedAt ? 0 : parallel.limit - parallel.inFlight
    // A part at a time, so that each of the processes gets one.
    const share = Math.max(1, Math.floor((windows[0]?.limit ?? Infinity) / processes))
    const want = Array.from({ length: Math.min(queue.size, room, share) }, newPlace)
    const reports = isAttempt ? NOTHING : own.report(startedAt, longestMs)
    const seen = last && startedAt - last.at < longestMs ? last.exchanges : 0
    try {
      arrive(await within(store.exchange({ windows, want, ...reports, seen })), want, startedAt)
    } catch (error) {
      failure = { error }
      askAt = clock.now() + RETRY_MS
      if (!isAttempt) own.failed(want, clock.now())
    }
  }

  /** Fails when the store does not answer in time. */
  function within<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`The store has not answered for ${PATIENCE_MS} ms`))
      const limit = clock.setTimer(late, PATIENCE_MS)
      void work.then(resolve, reject).finally(() => limit.cancel())
    })
  }

  function arrive(reply: ExchangeReply, want: readonly string[], startedAt: number): void {
    const now = clock.now()
    if (last && reply.epoch !== last.epoch) {
      own.tellAgain(now - REPORT_MS)
      own.closed(closedUntil)
    }
    if (reply.toldLimit !== undefined) adopt(reply.toldLimit)
    last = { ...reply, at: now }
    failure = undefined
    closedUntil = Math.max(closedUntil, now + reply.closedMs)
    askAt = now + Math.min(reply.waitMs, LOOK_MS)
    // Counted from a moment that is long past, a place has to be told again.
    const isTold = now - startedAt < REPORT_MS
    for (const id of want.slice(0, reply.granted)) grant(id, now, isTold)
  }

  /** Gives a place to the next call, or back when none can use it. */
  function grant(id: string, now: number, isTold: boolean): void {
    const waiter = queue.peek()
    if (!waiter || parallel.opening(now) > now) return own.freed(id, now)
    if (isTold) own.left(id, now + LONGEST_TRIP_MS)
    else own.arrived(id, now + LONGEST_TRIP_MS, now)
    queue.take(waiter)(permit(id, now, { waitedMs: now - waiter.enqueuedAt, order: waiter.order }))
  }

  function permit(id: string, now: number, facts: Pick<Permit, 'waitedMs' | 'order'>): Permit {
    const planner = alone
    const sending = planner.send(now)
    parallel.enter()
    return {
      ...facts,
      answered(head) {
        const at = clock.now()
        const told = readHead(head, clock.wallNow())
        // What is left of the whole quota says nothing of a part.
        planner.answered(sending, at, { ...told, quota: { kind: 'absent' } })
        if (told.status === 429) refused(id, sending, told, planner.closedMs(at))
        else accepted(id, sending, told)
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

  function accepted(id: string, sending: Sending, { quota }: ResponseFacts): void {
    const { sentAt, answeredAt } = sending
    parallel.passed()
    own.arrived(id, Math.min(answeredAt, sentAt + LONGEST_TRIP_MS), answeredAt)
    if (quota.kind !== 'quota') return
    const { limit, remaining, resetS = Infinity } = quota
    adopt(limit)
    const described = windows.find((window) => window.limit === limit)
    const end = endTold(sending, resetS * 1_000, described?.windowMs ?? 0)
    if (described) own.told(described.name, { limit, remaining, sentAt, end })
  }

  function refused(id: string, { answeredAt }: Sending, { retryAfter }: ResponseFacts, waitMs: number): void {
    own.freed(id, answeredAt)
    if (retryAfter.kind === 'after-in-flight') return parallel.refused(answeredAt)
    closedUntil = Math.max(closedUntil, answeredAt + waitMs)
    own.closed(closedUntil)
  }

  /** The account has another tier than was told, as the limit in an answer says. */
  function adopt(limit: number): void {
    if (options.windows || windows.some((window) => window.limit === limit)) return
    const tier = Object.values(RATE_LIMIT_TIERS).find((limits) => limits.some((one) => one === limit))
    if (!tier) return
    windows = windows.map((spec, index) => ({ ...spec, limit: tier[index] ?? spec.limit }))
    alone = planAlone()
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
      const now = clock.now()
      const all = calls + (place === 'last' ? queue.size : 0)
      if (failure) return alone.estimate(now, all)
      let at = Math.max(now, closedUntil)
      for (const [index, { limit, windowMs }] of windows.entries()) {
        const behind = all - Math.max(0, limit - usedAt(index, now))
        if (behind > 0) at = Math.max(at, askAt, now + Math.floor((behind - 1) / limit) * windowMs)
      }
      return at
    },
    async flush() {
      while (!failure && (exchanging || own.since < Infinity)) await (exchanging ?? begin())
    },
    snapshot() {
      const now = clock.now()
      const shared = windows.map(({ name, limit }, index) => {
        const used = Math.min(limit, usedAt(index, now))
        const endsAt = last && last.at + (last.windows[index]?.endsInMs ?? NaN)
        return {
          name,
          limit,
          used,
          remaining: limit - used,
          refreshesInMs: endsAt && endsAt > now ? endsAt - now : undefined,
        }
      })
      return {
        windows: failure ? alone.snapshot(now) : shared,
        queued: queue.size,
        inFlight: parallel.inFlight,
        maxInFlight: parallel.limit,
        store: failure ? 'away' : 'shared',
        storeFailure: failure?.error,
      }
    },
  }

  /** Requests in a window, as the store said last. */
  function usedAt(index: number, now: number): number {
    const isPast = !last || now >= last.at + (windows[index]?.windowMs ?? 0)
    return isPast ? 0 : (last?.windows[index]?.used ?? 0)
  }
}
