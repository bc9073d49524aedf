import { enter, isBefore } from './entry.ts'
import type { Entry } from './entry.ts'
import { ForeignTraffic } from './foreign-traffic.ts'
import type { Rate } from './foreign-traffic.ts'
import { WindowEnd } from './window-end.ts'
import type { Sent } from './window-end.ts'

/** A fixed window of an account. */
export interface WindowSpec {
  readonly name: string
  /** Requests that the server accepts in each. */
  readonly limit: number
  readonly windowMs: number
}

/** What one answer said about a window. */
export interface Sample {
  readonly entry: Entry
  readonly remaining: number
  readonly resetS: number | undefined
}

/** After what was learnt has not kept its promise, this many windows pass before it is believed again. */
const WINDOWS_OF_DISTRUST = 10

/**
 * One fixed window of unknown phase, seen from outside. Nothing here reads a clock.
 *
 * A request may be counted at any moment between its sending and its answer. So it occupies the window
 * - until its answer plus one window, whatever is known;
 * - until the latest possible end of the window, when its answer came before the earliest possible one;
 * - until another answer proves that its window is over: within one window what is left only shrinks, so a request
 *   after which as much or more is left than after an earlier one was counted in a later window, and not all of more
 *   accepted requests than are used, or than fit, were counted in the window of the last.
 */
export class FixedWindow {
  readonly spec: WindowSpec
  readonly #end: WindowEnd
  readonly #foreign: ForeignTraffic
  /** In the order of sending; kept for one window longer than they occupy, to tell our requests from others'. */
  #entries: Entry[] = []
  /** Entries at which the stale among them are dropped. */
  #mostEntries = 64
  #distrustedUntil = -Infinity
  /** Whether a refused request uses up a place; the vendor does not say, so it does until answers prove otherwise. */
  #areRefusedCounted = true

  constructor(spec: WindowSpec) {
    this.spec = spec
    this.#end = new WindowEnd(spec.windowMs)
    this.#foreign = new ForeignTraffic(spec)
  }

  /** Requests of others, as far as answers have told. */
  get foreignRate(): Rate {
    return this.#foreign.rate
  }

  add(sent: Sent): Entry {
    const overBy = this.#end.overBy(sent.sentAt)
    const entry = enter(sent, overBy)
    this.#entries.push(entry)
    if (this.#entries.length >= this.#mostEntries) {
      this.#dropStale(sent.sentAt)
      this.#mostEntries = Math.max(64, 2 * this.#entries.length)
    }
    return entry
  }

  /** The earliest moment from `now` on at which one more request cannot overflow; `Infinity`: after an answer. */
  opening(now: number): number {
    const limit = this.#limitAt(now)
    if (this.#entries.length < limit || this.#occupied(now) < limit) return now
    const frees = this.#frees(now)
    const free = frees.toSorted((a, b) => a - b)[frees.length - limit] ?? Infinity
    // With the window of the others' requests, what is kept for them ends too.
    return this.#foreign.until > now ? Math.min(free, this.#foreign.until) : free
  }

  /** The moment from `now` on at which none of our requests counts any more; `Infinity`: after an answer. */
  emptyAt(now: number): number {
    return Math.max(now, ...this.#frees(now))
  }

  /** Requests that fit in at `now`. */
  roomAt(now: number): number {
    return Math.max(0, this.#limitAt(now) - this.#occupied(now))
  }

  /**
   * The moment from `now` on at which one request alone, sent although the window seems full, would tell whether it
   * has ended.
   */
  probeAt(now: number): number {
    const newest = this.#entries.at(-1)?.sent.answeredAt ?? now
    const maybeOverAt = this.#end.maybeOverAt(Math.min(newest, now))
    return maybeOverAt === undefined ? now : Math.max(now, maybeOverAt)
  }

  /** When each place that is taken at `now` frees, in order; in flight counts as answered now. */
  forecast(now: number): number[] {
    const ours = this.#frees(now).map((free) => (free === Infinity ? now + this.spec.windowMs : free))
    const until = Math.max(now, this.#foreign.until)
    const others = Array.from({ length: this.spec.limit - this.#limitAt(now) }, () => until)
    return [...ours, ...others].toSorted((a, b) => a - b)
  }

  /** Requests that count at `now`, ours and what is proved of others. */
  usedAt(now: number): number {
    return this.#occupied(now) + this.#foreign.countAt(now)
  }

  /** The latest moment at which the present window ends, if known. */
  endsBy(now: number): number | undefined {
    return this.#end.after(now)?.latest
  }

  /** The server has counted this request. */
  counted(counted: Entry): void {
    if (counted.isForgotten) return
    counted.fate = 'counted'
    this.#learnUsed(counted, this.spec.limit)
  }

  /** With this request, no more than `used` were counted in its window. */
  #learnUsed(newest: Entry, used: number): void {
    if (this.#entries.length <= used) return
    const { sent } = newest
    let excess = 1 - used
    for (const entry of this.#entries) if (isBefore(entry, sent, this.spec.windowMs)) excess += 1
    if (excess <= 0) return
    const earlier = this.#entries.filter((entry) => isBefore(entry, sent, this.spec.windowMs))
    // Not all of them fit into its window, so some are over. Which is not known: those that free first.
    for (const entry of earlier.toSorted((a, b) => a.sent.answeredAt - b.sent.answeredAt).slice(0, excess)) {
      entry.isOver = true
    }
    const openedAt = Math.min(...earlier.map((entry) => entry.sent.sentAt))
    if (!this.#areOfOneWindow(earlier, sent.answeredAt)) {
      this.#end.learnTurn(openedAt, sent.answeredAt)
      return
    }
    // They have filled it, and this one was counted in the next.
    for (const entry of earlier) entry.isOver = true
    newest.overBy = sent.answeredAt
    const lastSentAt = Math.max(...earlier.map((entry) => entry.sent.sentAt))
    this.#end.learnFull({ openedAt, lastSentAt, answeredAt: sent.answeredAt })
  }

  /** Whether all of them were counted in one window, as far as its ends are known, and it may be over at `at`. */
  #areOfOneWindow(entries: readonly Entry[], at: number): boolean {
    const end = this.#end.after(Math.max(...entries.map(({ sent }) => sent.answeredAt)))
    if (!end || end.earliest > at) return false
    const startedBy = end.latest - this.spec.windowMs
    return entries.every(
      ({ overBy = -Infinity, sent }) =>
        sent.answeredAt <= end.earliest && (sent.sentAt >= startedBy || overBy > startedBy - this.spec.windowMs / 2),
    )
  }

  /** Takes in what an answer said. */
  learn({ entry: newest, remaining, resetS }: Sample): void {
    if (newest.isForgotten) return
    const { sent } = newest
    if (resetS !== undefined) this.#end.learnReset(sent, resetS)
    if (sent.answeredAt >= this.#distrustedUntil) {
      this.#learnTurn(newest, remaining)
      this.#learnUsed(newest, this.spec.limit - remaining)
    }
    this.#learnForeign(sent, remaining)
    this.#learnRefused(sent, remaining)
  }

  /** The server has refused this request. */
  refused(entry: Entry): void {
    if (!entry.isForgotten) entry.fate = 'refused'
  }

  /** A request that was sent to find out has met the end of this window `waitMs` too early. */
  endsIn(entry: Entry, waitMs: number): void {
    if (entry.isForgotten) return
    const { sent } = entry
    this.#end.learnRefusal(sent, waitMs)
    entry.endsBy = sent.answeredAt + waitMs
  }

  /** Keeps room for others, whom another window has seen. */
  expectForeign(rate: Rate): void {
    this.#foreign.expect(rate)
  }

  /**
   * A 429 came that should not, and this window may have been full for another `waitMs`: of others, or because what
   * was learnt is wrong.
   */
  overflowed(sent: Sent, waitMs: number): void {
    if (!this.#end.isRefutedBy(sent, waitMs) && this.#learnForeign(sent, 0) > 0) {
      this.#foreign.endAt(sent.answeredAt + waitMs)
      return
    }
    this.#distrustedUntil = sent.answeredAt + WINDOWS_OF_DISTRUST * this.spec.windowMs
    this.#end.distrust()
    this.#forgetProofs()
  }

  /** Drops what was learnt: a clock has jumped. Requests from before it, and their answers, prove nothing. */
  forget(): void {
    this.#end.forget()
    this.#forgetProofs()
    for (const entry of this.#entries) {
      entry.fate = 'unknown'
      entry.isForgotten = true
    }
  }

  #forgetProofs(): void {
    this.#areRefusedCounted = true
    for (const entry of this.#entries) {
      entry.remaining = undefined
      entry.isOver = false
      entry.overBy = undefined
      entry.endsBy = Infinity
    }
  }

  /** When each request that still counts at `now` stops to. */
  #frees(now: number): number[] {
    return this.#entries.map((entry) => this.#freeAt(entry)).filter((free) => free > now)
  }

  /** Requests that still count at `now`. */
  #occupied(now: number): number {
    let count = 0
    for (const entry of this.#entries) if (this.#freeAt(entry) > now) count += 1
    return count
  }

  #dropStale(now: number): void {
    const { windowMs } = this.spec
    this.#entries = this.#entries.filter(({ sent }) => {
      return sent.answeredAt + 2 * windowMs > now
    })
  }

  /** When a request stops to count. */
  #freeAt({ sent: { answeredAt }, fate, isOver, endsBy }: Entry): number {
    if (isOver || (fate === 'refused' && !this.#areRefusedCounted)) return -Infinity
    return Math.min(answeredAt + this.spec.windowMs, this.#end.latestAfter(answeredAt), endsBy)
  }

  #learnTurn(newest: Entry, remaining: number): void {
    const { sent } = newest
    let lastOver = -Infinity
    newest.remaining = remaining
    for (const entry of this.#entries) {
      if (entry.sent.answeredAt < sent.sentAt && (entry.remaining ?? Infinity) <= remaining) {
        entry.isOver = true
        lastOver = Math.max(lastOver, entry.sent.sentAt)
      }
    }
    if (remaining === this.spec.limit - 1) this.#end.learnFirst(sent)
    if (lastOver !== -Infinity) this.#end.learnTurn(lastOver, sent.answeredAt)
  }

  /** What is used beyond all of ours that the answer may have counted is somebody else's. */
  #learnForeign({ sentAt, answeredAt }: Sent, remaining: number): number {
    const { limit, windowMs } = this.spec
    const start = this.#end.startBefore(sentAt)
    const startedAt = Math.max(sentAt - windowMs, start ?? -Infinity)
    let ours = 0
    for (const { sent, fate } of this.#entries) {
      if (sent.sentAt <= answeredAt && sent.answeredAt >= startedAt && fate !== 'refused') ours += 1
    }
    const count = Math.max(0, limit - remaining - ours)
    this.#foreign.observe({
      count,
      answeredAt,
      startedAt: start === undefined ? undefined : startedAt,
      isCertain: start === undefined || start >= sentAt - windowMs,
      until: this.#end.after(answeredAt)?.latest ?? answeredAt + windowMs,
    })
    return count
  }

  /** Fewer are used than we have sent in this window for certain: the refused among them were not counted. */
  #learnRefused(sent: Sent, remaining: number): void {
    if (!this.#areRefusedCounted) return
    const startedBy = this.#end.startedBy(sent.sentAt)
    if (startedBy === undefined) return
    const certain = this.#entries.filter(
      (entry) => entry.fate !== 'unknown' && entry.sent.sentAt >= startedBy && entry.sent.answeredAt < sent.sentAt,
    )
    const isOneRefused = certain.some(({ fate }) => fate === 'refused')
    if (isOneRefused && this.spec.limit - remaining < certain.length + 1) this.#areRefusedCounted = false
  }

  #limitAt(now: number): number {
    return Math.max(1, this.spec.limit - this.#foreign.placesAt(now))
  }
}
