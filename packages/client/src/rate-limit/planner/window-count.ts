import { ForeignUse } from './foreign-use.ts'
import { WindowEnd } from './window-end.ts'
import type { WindowSpec } from './window-spec.ts'

/** A request, from its sending on. */
export interface Sent {
  readonly sentAt: number
  /** `Infinity` until its answer came or it was given up. */
  answeredAt: number
  isReleased: boolean
}

/** The longest time that a request is taken to travel; a longer wait for its answer is the server's own time. */
export const LONGEST_TRIP_MS = 1_000

/** For so many windows, headers that were wrong are not believed. */
const DISTRUST_WINDOWS = 10

/**
 * One fixed window of unknown phase. A request occupies it from its sending until one window after its arrival, which
 * is its answer at the latest; or until the end of the window, where that is known.
 */
export class WindowCount {
  readonly name: string
  readonly windowMs: number
  readonly foreign: ForeignUse
  #limit: number
  /** The latest moments at which our own requests arrived, ascending. Those before `#firstTaken` do not count any more. */
  #arrivals: number[] = []
  #firstTaken = 0
  readonly #inFlight = new Set<Sent>()
  readonly #end: WindowEnd
  #last = { remaining: Infinity, answeredAt: -Infinity }
  #distrustsResetUntil = -Infinity
  #distrustsRemainingUntil = -Infinity

  constructor({ name, limit, windowMs }: WindowSpec) {
    this.name = name
    this.windowMs = windowMs
    this.#limit = limit
    this.foreign = new ForeignUse(limit, windowMs)
    this.#end = new WindowEnd(windowMs)
  }

  get limit(): number {
    return this.#limit
  }

  /** The account has another limit. */
  resize(limit: number): void {
    this.#limit = limit
    this.foreign.resize(limit)
  }

  /** The earliest moment from `now` on at which one more request fits, with `most` of ours in the window. */
  opening(now: number, most: number = Infinity): number {
    const taken = this.taken(now)
    const limit = Math.max(1, Math.min(most, this.#limit - this.foreign.placesAt(now)))
    if (taken < limit) return now
    return Math.min(this.#freeAt(now, taken - limit), this.foreign.changesAt(now))
  }

  /** When the last of `calls` requests that are made now could leave, by our own count; those in flight end now. */
  estimate(now: number, calls: number): number {
    const taken = this.taken(now)
    const behind = calls - 1 - Math.max(0, this.#limit - taken)
    if (behind < 0) return now
    const place = behind % this.#limit
    const frees = Math.min(place < taken ? this.#freeAt(now, place) : Infinity, now + this.windowMs)
    return frees + Math.floor(behind / this.#limit) * this.windowMs
  }

  /** Places that requests of ours take at `now`, as far as known. */
  taken(now: number): number {
    const over = this.#end.passed(now)
    while ((this.#arrivals[this.#firstTaken] ?? Infinity) <= over) this.#firstTaken += 1
    while ((this.#arrivals[this.#firstTaken] ?? Infinity) + this.windowMs <= now) this.#firstTaken += 1
    let taken = this.#arrivals.length - this.#firstTaken
    for (const { sentAt } of this.#inFlight) if (sentAt + LONGEST_TRIP_MS + this.windowMs > now) taken += 1
    return taken
  }

  /** When the present window ends at the latest; `undefined` while that is not known. */
  endsBy(now: number): number | undefined {
    return this.#end.by(now)
  }

  send(sent: Sent): void {
    this.#inFlight.add(sent)
  }

  /** The request was counted, or may have been. */
  counted(sent: Sent): void {
    if (!this.#inFlight.delete(sent)) return
    const arrival = Math.min(sent.answeredAt, sent.sentAt + LONGEST_TRIP_MS)
    let index = this.#arrivals.length
    while (index > 0 && (this.#arrivals[index - 1] as number) > arrival) index -= 1
    this.#arrivals.splice(index, 0, arrival)
    if (index < this.#firstTaken) this.#firstTaken += 1
    this.#end.began(sent.sentAt, arrival)
    this.#trim(arrival)
  }

  /**
   * It was refused, which takes no place. When this window is to blame although requests of ours were taken to be over,
   * `Reset` is wrong.
   */
  refused(sent: Sent, waitMs: number | undefined, isBlamed: boolean): void {
    this.#inFlight.delete(sent)
    if (!isBlamed || waitMs === undefined) return
    if (this.#ours(sent.sentAt - this.windowMs) >= this.#limit) {
      this.#distrustsResetUntil = sent.answeredAt + DISTRUST_WINDOWS * this.windowMs
      this.#end.forget()
    }
    this.#end.told(sent, waitMs, 0)
    this.#observe(sent, 0, this)
  }

  /** Takes in what the answer to an accepted request said of this window; after `counted`. */
  learn(
    sent: Sent,
    told: { readonly remaining: number; readonly resetS: number | undefined },
    burst: WindowCount,
  ): void {
    const { remaining, resetS } = told
    if (resetS !== undefined && sent.answeredAt >= this.#distrustsResetUntil)
      this.#end.told(sent, resetS * 1_000, 1_000)
    this.#observe(sent, remaining, burst)
  }

  /** What our own requests cannot account for belongs to others. */
  #observe({ sentAt, answeredAt }: Sent, remaining: number, burst: WindowCount): void {
    const { windowMs } = this
    // More is left than before: another window.
    const isNew = remaining > this.#last.remaining && sentAt > this.#last.answeredAt
    this.#last = { remaining, answeredAt }
    const endsBy = this.endsBy(answeredAt)
    const startedBy = endsBy === undefined ? -Infinity : endsBy - windowMs
    const ours = this.#ours(sentAt - windowMs)
    const count = Math.max(0, this.#limit - remaining - ours)
    if (count > this.#mostSince(startedBy, answeredAt, burst)) {
      this.#distrustsRemainingUntil = answeredAt + DISTRUST_WINDOWS * windowMs
      this.foreign.forget()
    }
    if (answeredAt < this.#distrustsRemainingUntil) return
    this.foreign.observe({
      count,
      at: answeredAt,
      startedAt: endsBy === undefined ? undefined : startedBy,
      until: endsBy ?? answeredAt + windowMs,
      isNew,
    })
  }

  /** A clock has jumped: no moment is known any more. */
  forget(): void {
    this.#end.forget()
  }

  /** When the place number `index` of those that are taken frees. */
  #freeAt(now: number, index: number): number {
    const arrival = this.#arrivals[this.#firstTaken + index]
    if (arrival !== undefined) {
      return Math.min(arrival + this.windowMs, this.#end.of(arrival))
    }
    let left = index - (this.#arrivals.length - this.#firstTaken)
    for (const { sentAt } of this.#inFlight) {
      const freeAt = sentAt + LONGEST_TRIP_MS + this.windowMs
      if (freeAt > now && left-- === 0) return freeAt
    }
    return Infinity
  }

  /** Requests of ours that may have arrived at `since` or later. */
  #ours(since: number): number {
    let index = this.#arrivals.length
    while (index > 0 && (this.#arrivals[index - 1] as number) >= since) index -= 1
    return this.#arrivals.length - index + this.#inFlight.size
  }

  /** Requests that others can have sent since a moment, by the shortest window; `Infinity` when it is not known. */
  #mostSince(since: number, at: number, { limit, windowMs }: WindowCount): number {
    return windowMs < this.windowMs ? limit * ((at - since) / windowMs + 3) : Infinity
  }

  /** Drops what no count needs any more, in large pieces. */
  #trim(now: number): void {
    if (this.#firstTaken < 2 * this.#limit + 64) return
    const isOld = (arrival: number, index: number): boolean =>
      index < this.#firstTaken && arrival < now - 2 * this.windowMs
    const dropped = this.#arrivals.findIndex((arrival, index) => !isOld(arrival, index))
    this.#arrivals = this.#arrivals.slice(dropped)
    this.#firstTaken -= dropped
  }
}
