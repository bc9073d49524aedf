import { RATE_LIMIT_TIERS } from '@hood-exports/openapi'
import type { Clock } from '../../clock.ts'
import type { QuotaHeaders } from '../headers.ts'
import { ForeignUse } from '../planner/foreign-use.ts'
import type { WindowSnapshot } from '../planner/planner.ts'
import { LONGEST_TRIP_MS } from '../planner/window-count.ts'
import { endOf } from '../planner/window-end.ts'
import type { Sent } from '../planner/window-count.ts'
import type { WindowSpec } from '../planner/window-spec.ts'
import type { Reports } from './own-places.ts'
import { OwnPlaces } from './own-places.ts'
import type { ExchangeReply, Store } from './store.ts'

export interface AccountLinkOptions {
  readonly store: Store
  readonly clock: Clock
  /** From the shortest to the longest. */
  readonly windows: readonly WindowSpec[]
  /** Whether the limit in an answer may tell that the account has another tier. */
  readonly tier: 'told' | 'kept'
}

/** A store that takes longer is away. */
const PATIENCE_MS = 1_000
/** Between two attempts to reach it. */
const RETRY_MS = 500
/** What has ended is told after so long at the latest. */
const REPORT_MS = 100
/** A waiting caller looks again after so long at the latest: others may have given places back. */
const LOOK_MS = 1_000
/** For so many windows, a `Remaining` that was wrong is not believed. */
const DISTRUST_WINDOWS = 10
const NOTHING: Reports = { arrived: [], freed: [], told: [], closeMs: 0 }

/** The account, as this process reads and writes it in the store. Moments are on this process's clock. */
export class AccountLink {
  /** Why the store is away; `undefined` while it is not. */
  failure: { readonly error: unknown } | undefined
  /** Nothing may leave before this, because of a 429. */
  closedUntil: number = -Infinity
  /** As set, or of the tier that answers tell. */
  windows: readonly WindowSpec[]
  readonly #options: AccountLinkOptions
  readonly #longestMs: number
  readonly #own = new OwnPlaces()
  /** Other clients, window by window: the store keeps what is proven of them, this expects what they will use. */
  readonly #foreign: readonly ForeignUse[]
  /** When to ask for places again; while the store is away, when to try it. */
  #askAt = -Infinity
  #distrustsRemainingUntil = -Infinity
  #last: (ExchangeReply & { readonly startedAt: number; readonly at: number }) | undefined

  constructor(options: AccountLinkOptions) {
    this.#options = options
    this.windows = options.windows
    this.#longestMs = options.windows.at(-1)?.windowMs ?? 0
    this.#foreign = options.windows.map(({ limit, windowMs }) => new ForeignUse(limit, windowMs))
  }

  /** Whether everything is told that can be. */
  get isTold(): boolean {
    return this.failure !== undefined || this.#own.since === Infinity
  }

  /** When to exchange next. `wantsAt`: when a call can use a place; `Infinity`: none waits. */
  exchangesAt(wantsAt: number, inFlight: number): number {
    if (!this.failure) return Math.min(this.#own.since + REPORT_MS, Math.max(this.#askAt, wantsAt))
    // What is left to tell keeps no process alive while the store is away.
    return wantsAt < Infinity || inFlight > 0 ? this.#askAt : Infinity
  }

  /** Tells what has ended, and asks for places. @returns those that are granted */
  async exchange(want: readonly string[]): Promise<readonly string[]> {
    const { clock, store } = this.#options
    const startedAt = clock.now()
    const seen = this.#last && startedAt - this.#last.at < this.#longestMs ? this.#last.exchanges : 0
    // An attempt to reach the store says and asks for nothing: it may be taken in when that is long past.
    const isAttempt = this.failure !== undefined
    const reports = isAttempt ? NOTHING : this.#own.report(startedAt, this.#longestMs)
    const windows = this.windows.map((spec, index) => ({ ...spec, leave: this.#foreign[index]?.placesAt(startedAt) }))
    const request = { windows, want: isAttempt ? [] : want, ...reports, seen }
    try {
      const reply = await within(clock, store.exchange(request))
      this.#arrive(reply, startedAt)
      for (const { name } of reports.told) this.#observe(name, reply)
      return want.slice(0, reply.granted)
    } catch (error) {
      this.failure = { error }
      this.#askAt = clock.now() + RETRY_MS
      this.#own.failed(reports, request.want, clock.now())
      return []
    }
  }

  #arrive(reply: ExchangeReply, startedAt: number): void {
    const at = this.#options.clock.now()
    if (this.#last && reply.epoch !== this.#last.epoch) {
      this.#own.tellAgain(at - REPORT_MS)
      this.#own.closed(this.closedUntil)
    }
    if (reply.toldLimit !== undefined) this.#adopt(reply.toldLimit)
    this.#last = { ...reply, startedAt, at }
    this.#askAt = at + Math.min(reply.waitMs, LOOK_MS)
    this.closedUntil = Math.max(this.closedUntil, at + reply.closedMs)
    this.failure = undefined
  }

  /** Learns from what an answer has proven of one window how much other clients use of all. */
  #observe(name: string, reply: ExchangeReply): void {
    const at = this.#options.clock.now()
    const index = this.windows.findIndex((window) => window.name === name)
    const [spec, foreign, seen] = [this.windows[index], this.#foreign[index], reply.windows[index]]
    if (!spec || !foreign || !seen) return
    const end = seen.endsInMs === undefined ? undefined : at + seen.endsInMs
    const startedAt = end && end - spec.windowMs
    const until = end ?? at + spec.windowMs
    foreign.observe({ count: seen.strangers, at, startedAt, until, isNew: false })
    for (const other of this.#foreign) if (other !== foreign) other.expect(foreign.ratePerMs(at), at)
  }

  /** A request leaves. */
  left(id: string, now: number): void {
    // A place that the store granted long ago counts from a moment that is past.
    const isKnown = !this.failure && now - (this.#last?.startedAt ?? now) < REPORT_MS
    if (isKnown) this.#own.left(id, now + LONGEST_TRIP_MS)
    else this.#own.arrived(id, now + LONGEST_TRIP_MS, now)
  }

  /** A place is given back: its request was refused, or is not sent. */
  freed(id: string, now: number): void {
    this.#own.freed(id, now)
  }

  closed(until: number): void {
    this.closedUntil = Math.max(this.closedUntil, until)
    this.#own.closed(this.closedUntil)
  }

  accepted(id: string, sent: Sent, quota: QuotaHeaders): void {
    const { sentAt, answeredAt } = sent
    this.#own.arrived(id, Math.min(answeredAt, sentAt + LONGEST_TRIP_MS), answeredAt)
    if (quota.kind !== 'quota') return
    const { limit, remaining, resetS = Infinity } = quota
    this.#adopt(limit)
    const described = this.windows.find((window) => window.limit === limit)
    if (!described) return
    const { name, windowMs } = described
    const end = endOf(sent, resetS * 1_000, { windowMs, laterMs: 1_000 })
    // No more can be used than the shortest window lets through from the beginning.
    const [shortest = described] = this.windows
    const elapsedMs = answeredAt - (end?.earliest ?? -Infinity) + windowMs
    if (limit - remaining > shortest.limit * (elapsedMs / shortest.windowMs + 3)) {
      this.#distrustsRemainingUntil = answeredAt + DISTRUST_WINDOWS * windowMs
    }
    const isTrusted = answeredAt >= this.#distrustsRemainingUntil
    this.#own.told(name, { limit, remaining: isTrusted ? remaining : limit, sentAt, end })
  }

  /** The account has another tier than was told, as the limit in an answer says. */
  #adopt(limit: number): void {
    if (this.#options.tier === 'kept' || this.windows.some((window) => window.limit === limit)) return
    const tier = Object.values(RATE_LIMIT_TIERS).find((limits) => limits.some((one) => one === limit))
    if (!tier) return
    for (const [index, foreign] of this.#foreign.entries()) foreign.resize(tier[index] ?? Infinity)
    this.windows = this.windows.map((spec, index) => ({ ...spec, limit: tier[index] ?? spec.limit }))
  }

  /** When the last of `calls` calls could leave, by what the store said last. */
  estimate(now: number, calls: number): number {
    let at = Math.max(now, this.closedUntil)
    for (const { used, limit, windowMs } of this.#used(now)) {
      const behind = calls - Math.max(0, limit - used)
      if (behind > 0) at = Math.max(at, this.#askAt, now + Math.floor((behind - 1) / limit) * windowMs)
    }
    return at
  }

  snapshot(now: number): WindowSnapshot[] {
    return this.#used(now).map(({ name, limit, used, endsAt }) => ({
      name,
      limit,
      used: Math.min(limit, used),
      remaining: Math.max(0, limit - used),
      refreshesInMs: endsAt > now ? endsAt - now : undefined,
    }))
  }

  #used(now: number): (WindowSpec & { readonly used: number; readonly endsAt: number })[] {
    return this.windows.map((spec, index) => {
      const { used, endsInMs = NaN } = this.#last?.windows[index] ?? { used: 0 }
      const at = this.#last?.at ?? now
      return { ...spec, used: now < at + spec.windowMs ? used : 0, endsAt: at + endsInMs }
    })
  }
}

/** Fails when a store does not answer in time. */
function within<Value>(clock: Clock, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error(`The store has not answered for ${PATIENCE_MS} ms`))
    const limit = clock.setTimer(late, PATIENCE_MS)
    void work.then(resolve, reject).finally(() => limit.cancel())
  })
}
