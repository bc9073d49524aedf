import type { QuotaHeaders, RetryAfter } from './headers.ts'
import type { Entry } from './entry.ts'
import { forecast } from './forecast.ts'
import { ParallelLimit } from './parallel-limit.ts'
import type { Entered } from './parallel-limit.ts'
import { FixedWindow } from './window.ts'
import type { Rate } from './foreign-traffic.ts'
import type { WindowSpec } from './window.ts'
import type { Sent } from './window-end.ts'

/** What the head of an answer said. */
export interface Told {
  readonly status: number
  readonly quota: QuotaHeaders
  readonly retryAfter: RetryAfter
}

/** A request, from its sending on. */
export interface Sending {
  readonly sent: Sent
  /** The same, as each window sees it. */
  readonly entries: readonly Entry[]
  /** The window that seemed full when it was sent to find out. */
  readonly probed: FixedWindow | undefined
  readonly entered: Entered
  isReleased: boolean
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

export interface LedgerOptions {
  readonly windows: readonly WindowSpec[]
  readonly maxInFlight: number | undefined
  readonly probe: 'never' | 'once'
}

/** A longer time until an answer is the server's, not the network's. */
const LONGEST_TRIP_MS = 1_000

/** The end of a shorter window comes before a probe pays. */
const PROBED_MS = 5_000

/** Headers that have not described a window when they should have, so often, never do. */
const MOST_ASKED = 2

/** The wait after a 429 that tells none, where no windows are known. */
const UNTOLD_MS = 1_000

/** A wait of 0 with a full window would be a busy loop. */
const SHORTEST_WAIT_MS = 50

/**
 * What is known of an account's quota: what was sent, and what answers have told. It reads no clock: all moments are
 * given, in milliseconds on one clock, and two ledgers that are told the same know the same.
 */
export class Ledger {
  readonly #windows: readonly FixedWindow[]
  readonly #parallel: ParallelLimit
  /** Of windows that headers have described, and of those that were asked for: how often in vain since. */
  readonly #askedFor = new Map<FixedWindow, number>()
  #closedUntil = -Infinity
  #longestTripMs = 0
  #mayProbe: boolean

  constructor({ windows, maxInFlight, probe }: LedgerOptions) {
    this.#windows = windows.map((spec) => new FixedWindow(spec))
    this.#parallel = new ParallelLimit(maxInFlight)
    this.#mayProbe = probe === 'once'
  }

  get inFlight(): number {
    return this.#parallel.inFlight
  }

  /** Requests in flight at most, as set or learnt. */
  get maxInFlight(): number {
    return this.#parallel.limit
  }

  /** The earliest moment from `now` on for one more request; `Infinity`: when one in flight has ended. */
  opening(now: number): number {
    if (!this.#parallel.hasRoom(now)) return this.#parallel.reopensAt(now)
    const safeAt = Math.max(now, this.#closedUntil)
    let at = safeAt
    for (const window of this.#windows) {
      const opening = window.opening(now)
      // A probe goes alone: what it proves must not depend on others.
      const isProbed = opening > safeAt && this.#mayProbe && this.inFlight === 0 && window.spec.windowMs >= PROBED_MS
      at = Math.max(at, isProbed ? Math.min(opening, window.probeAt(now)) : opening)
    }
    for (const window of this.#windows) {
      if (!this.#isToBeAskedFor(window, now)) continue
      for (const shorter of this.#shorterThan(window)) at = Math.max(at, shorter.emptyAt(now))
    }
    return at
  }

  /** How much longer nothing may leave, in milliseconds, because a 429 has said so. */
  closedMs(now: number): number {
    return Math.max(0, this.#closedUntil - now)
  }

  /** Requests that may leave together at `now`. */
  room(now: number): number {
    if (this.opening(now) > now) return 0
    return Math.max(1, Math.min(this.maxInFlight - this.inFlight, ...this.#windows.map((window) => window.roomAt(now))))
  }

  /** The moment from `now` on at which everything that anybody may have sent until now has stopped to count. */
  quietAt(now: number): number {
    return Math.max(now, ...this.#windows.map((window) => window.endsBy(now) ?? now + window.spec.windowMs))
  }

  send(now: number): Sending {
    const sent: Sent = { sentAt: now, answeredAt: Infinity }
    for (const window of this.#windows) {
      if (this.#isToBeAskedFor(window, now)) this.#askedFor.set(window, (this.#askedFor.get(window) ?? 0) + 1)
    }
    const probed = this.#mayProbe ? this.#windows.find((window) => window.opening(now) > now) : undefined
    const entries = this.#windows.map((window) => window.add(sent))
    return { sent, entries, probed, entered: this.#parallel.enter(), isReleased: false }
  }

  /** Takes in what the head of an answer said, which came at `at`. */
  answered(sending: Sending, at: number, told: Told): void {
    const { sent, entries } = sending
    sent.answeredAt = at
    this.#longestTripMs = Math.max(this.#longestTripMs, Math.min(at - sent.sentAt, LONGEST_TRIP_MS))
    const { status, quota } = told
    if (status !== 429) for (const [index, window] of this.#windows.entries()) window.counted(entries[index] as Entry)
    const described = quota.kind === 'quota' ? this.#windows.find(({ spec }) => spec.limit === quota.limit) : undefined
    if (described && quota.kind === 'quota') {
      described.learn({ ...quota, entry: entries[this.#windows.indexOf(described)] as Entry })
      this.#askedFor.set(described, 0)
    }
    this.#shareForeign()
    if (status === 429) this.#refused(sending, told)
    else this.#parallel.passed()
  }

  /** The request has ended, at `at`; again is harmless. */
  release(sending: Sending, at: number): void {
    if (sending.isReleased) return
    sending.isReleased = true
    // Given up without an answer, it may still be on its way.
    sending.sent.answeredAt = Math.min(sending.sent.answeredAt, at + this.#longestTripMs)
    this.#parallel.leave(sending.entered)
  }

  /** How long a 429 asks to wait, in milliseconds; `undefined` for the limit on parallel requests, which gives no time. */
  waitMs({ retryAfter }: Pick<Told, 'retryAfter'>): number | undefined {
    if (retryAfter.kind === 'after-in-flight') return undefined
    if (retryAfter.kind === 'delay') return retryAfter.ms
    return this.#windows.length === 0 ? UNTOLD_MS : Math.min(...this.#windows.map(({ spec }) => spec.windowMs))
  }

  /** The moment at which the last of `calls` calls could leave. */
  estimate(now: number, calls: number): number {
    return Math.max(forecast(this.#windows, now, calls), this.#closedUntil, now)
  }

  /** Drops what was learnt of the windows' ends: a clock has jumped. */
  forget(): void {
    for (const window of this.#windows) window.forget()
  }

  snapshot(now: number): readonly WindowSnapshot[] {
    return this.#windows.map((window) => {
      const { name, limit } = window.spec
      const used = Math.min(window.usedAt(now), limit)
      const endsBy = window.endsBy(now)
      return {
        name,
        limit,
        used,
        remaining: limit - used,
        refreshesInMs: endsBy === undefined ? undefined : endsBy - now,
      }
    })
  }

  /**
   * Whether the last place of a long window, whose end is not known, should leave while the shorter ones are empty:
   * where the headers describe the window with fewer left, they then describe this one. It costs the call at most one
   * short window, and saves what is left of the long one.
   */
  #isToBeAskedFor(window: FixedWindow, now: number): boolean {
    return (
      window.spec.windowMs >= PROBED_MS &&
      (this.#askedFor.get(window) ?? 0) < MOST_ASKED &&
      this.#shorterThan(window).some((shorter) => this.#askedFor.has(shorter)) &&
      window.endsBy(now) === undefined &&
      window.roomAt(now) === 1
    )
  }

  #shorterThan({ spec }: FixedWindow): readonly FixedWindow[] {
    return this.#windows.filter((other) => other.spec.windowMs < spec.windowMs)
  }

  #refused({ sent, entries, probed, entered }: Sending, told: Told): void {
    const entryIn = (window: FixedWindow): Entry => entries[this.#windows.indexOf(window)] as Entry
    const at = sent.answeredAt
    const waitMs = this.waitMs(told)
    for (const window of this.#windows) window.refused(entryIn(window))
    if (waitMs === undefined) {
      this.#parallel.refused(at, entered)
      return
    }
    if (probed) {
      this.#mayProbe = false
      if (told.retryAfter.kind === 'delay') probed.endsIn(entryIn(probed), waitMs)
    } else {
      for (const window of this.#blamed(waitMs)) window.overflowed(entryIn(window).sent, waitMs)
      this.#shareForeign()
    }
    this.#closedUntil = Math.max(this.#closedUntil, at + Math.max(waitMs, SHORTEST_WAIT_MS))
  }

  /** The window that a refusal comes from: the shortest that is as long as the wait. */
  #blamed(waitMs: number): readonly FixedWindow[] {
    const possible = this.#windows.filter(({ spec }) => spec.windowMs >= waitMs)
    const shortest = Math.min(...possible.map(({ spec }) => spec.windowMs))
    return possible.filter(({ spec }) => spec.windowMs === shortest)
  }

  /** What one window has seen of others holds for all. */
  #shareForeign(): void {
    let busiest: Rate | undefined
    for (const { foreignRate } of this.#windows) if (foreignRate.perMs > (busiest?.perMs ?? 0)) busiest = foreignRate
    if (busiest) for (const window of this.#windows) window.expectForeign(busiest)
  }
}
