import type { ResponseFacts } from './response-facts.ts'
import { Gate } from './gate.ts'
import { ParallelLimit } from './parallel-limit.ts'
import { LONGEST_TRIP_MS, WindowCount } from './window-count.ts'
import type { Sent } from './window-count.ts'
import type { WindowSpec } from './window-spec.ts'

/** The limits of a tier, in the order of the windows from the shortest to the longest. */
export type Tier = readonly number[]

export interface PlannerOptions {
  readonly windows: readonly WindowSpec[]
  /** Tiers that an account may have instead: the limit that an answer tells says which. */
  readonly tiers?: readonly Tier[]
  readonly maxInFlight?: number | undefined
  readonly probe?: 'never' | 'once' | undefined
  readonly random: () => number
}

export interface Sending extends Sent {
  /** Sent although a window may be full, to find out. */
  readonly isProbe: boolean
}

/** The end of a shorter window comes before a probe pays. */
const PROBED_MS = 5_000

/** The state of one window, for a meter. */
export interface WindowSnapshot {
  readonly name: string
  readonly limit: number
  /** Requests that count now, as far as known here: ours, and those of others that answers have shown. */
  readonly used: number
  readonly remaining: number
  /** Milliseconds until it refreshes at the latest; `undefined` while its end is not known. */
  readonly refreshesInMs: number | undefined
}

/** When the next request may leave. It reads no clock: every moment is given, in milliseconds on one clock. */
export class Planner {
  /** From the shortest to the longest. */
  readonly #windows: readonly WindowCount[]
  readonly #tiers: readonly Tier[]
  readonly #parallel: ParallelLimit
  readonly #gate: Gate
  #mayProbe: boolean
  #jumpedAt = -Infinity

  constructor({ windows, tiers = [], maxInFlight, probe = 'never', random }: PlannerOptions) {
    this.#windows = windows.toSorted((a, b) => a.windowMs - b.windowMs).map((spec) => new WindowCount(spec))
    this.#tiers = tiers
    this.#parallel = new ParallelLimit(maxInFlight)
    this.#gate = new Gate(random)
    this.#mayProbe = probe === 'once'
  }

  get inFlight(): number {
    return this.#parallel.inFlight
  }

  get maxInFlight(): number {
    return this.#parallel.limit
  }

  /** The earliest moment from `now` on for one more request; `Infinity`: when one in flight has ended. */
  opening(now: number): number {
    let at = Math.max(this.#parallel.opening(now), this.#gate.opening(now))
    for (const window of this.#windows) {
      if (this.#isProbed(window, now)) continue
      const pace = window === this.#windows[0] ? this.#gate.paceAt(now) : Infinity
      at = Math.max(at, window.opening(now, pace))
    }
    return at
  }

  /** How much longer nothing may leave, in milliseconds, because a 429 has said so. */
  closedMs(now: number): number {
    return this.#gate.closedMs(now)
  }

  send(now: number): Sending {
    const isProbe = this.#windows.some((window) => this.#isProbed(window, now))
    this.#parallel.enter()
    const sending: Sending = { sentAt: now, answeredAt: Infinity, isReleased: false, isProbe }
    for (const window of this.#windows) window.send(sending)
    this.#gate.send(sending)
    return sending
  }

  /** Takes in the head of an answer, which came at `at`. */
  answered(sending: Sending, at: number, facts: ResponseFacts): void {
    sending.answeredAt = at
    if (facts.status === 429) this.#refused(sending, facts)
    else this.#accepted(sending, facts)
  }

  /** The request has ended, at `at`; again is harmless. */
  release(sending: Sending, at: number): void {
    if (sending.isReleased) return
    sending.isReleased = true
    if (sending.answeredAt === Infinity) {
      // Given up without an answer, it may still be on its way.
      sending.answeredAt = Math.max(at, sending.sentAt + LONGEST_TRIP_MS)
      for (const window of this.#windows) window.counted(sending)
      this.#gate.ended(sending)
    }
    this.#parallel.leave()
  }

  /** The moment at which the last of `calls` calls could leave, by the counts alone. */
  estimate(now: number, calls: number): number {
    let at = now + this.closedMs(now)
    for (const window of this.#windows) at = Math.max(at, window.estimate(now, calls))
    return at
  }

  snapshot(now: number): readonly WindowSnapshot[] {
    return this.#windows.map((window) => {
      const { name, limit } = window
      const used = Math.min(limit, window.taken(now) + window.foreign.provenAt(now))
      const endsBy = window.endsBy(now)
      return { name, limit, used, remaining: limit - used, refreshesInMs: endsBy && endsBy - now }
    })
  }

  /** A clock has jumped: no end of a window is known any more, and what is under way teaches nothing. */
  forget(now: number): void {
    this.#jumpedAt = now
    for (const window of this.#windows) window.forget()
  }

  #accepted(sending: Sending, { quota }: ResponseFacts): void {
    this.#parallel.passed()
    this.#gate.accepted(sending)
    for (const window of this.#windows) window.counted(sending)
    if (quota.kind !== 'quota' || sending.sentAt <= this.#jumpedAt) return
    this.#adopt(quota.limit)
    const described = this.#windows.find(({ limit }) => limit === quota.limit)
    if (!described) return
    described.learn(sending, quota, this.#windows[0] as WindowCount)
    const rate = described.foreign.ratePerMs(sending.answeredAt)
    for (const window of this.#windows) if (window !== described) window.foreign.expect(rate, sending.answeredAt)
  }

  #refused(sending: Sending, { retryAfter }: ResponseFacts): void {
    const waitMs = retryAfter.kind === 'delay' && retryAfter.ms > 0 ? retryAfter.ms : undefined
    const blamed = this.#windows.find(
      ({ windowMs }) => waitMs !== undefined && windowMs >= (sending.isProbe ? PROBED_MS : waitMs),
    )
    for (const window of this.#windows) window.refused(sending, waitMs, window === blamed)
    if (retryAfter.kind === 'after-in-flight') {
      this.#parallel.refused(sending.answeredAt)
      this.#gate.ended(sending)
    } else if (sending.isProbe) {
      this.#mayProbe = false
      this.#gate.close(sending.answeredAt + (waitMs ?? 0))
    } else {
      this.#gate.refused(sending, waitMs, this.#windows[0]?.limit ?? Infinity)
    }
  }

  /** The account has another tier than was told, as the limit in an answer says. */
  #adopt(limit: number): void {
    if (this.#windows.some((window) => window.limit === limit)) return
    const tier = this.#tiers.find((limits) => limits.includes(limit))
    if (!tier) return
    for (const [index, window] of this.#windows.entries()) window.resize(tier[index] ?? window.limit)
  }

  /** Whether one request may go alone into a long window that seems full, and whose end is not known. */
  #isProbed(window: WindowCount, now: number): boolean {
    if (!this.#mayProbe || this.inFlight > 0 || window.windowMs < PROBED_MS) return false
    return window.endsBy(now) === undefined && window.opening(now) > now
  }
}
