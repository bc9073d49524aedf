/** What one answer proves of other clients in a window. */
export interface Observation {
  /** Requests in the window that ours cannot account for. */
  readonly count: number
  readonly at: number
  /** When the window started, where that is known, and when it ends at the latest. */
  readonly startedAt: number | undefined
  readonly until: number
  /** Whether the window is certainly another one than at the last observation. */
  readonly isNew: boolean
}

/** How much the rate of earlier windows says against the present one, in milliseconds; less when it was 0. */
const MEMORY_MS = 20_000
const MEMORY_OF_NONE_MS = 3_000
/** In this time half as many are expected, unless a higher rate is measured again. */
const HALF_LIFE_MS = 600_000

/** Arrivals vary by the square root of their number; this many times that is kept free. Tuned in the simulator. */
const SPREAD = 1.7

/**
 * Requests of other clients of the account: what answers prove, and what is expected until the window ends. A rate
 * comes only from growth between two answers: what was used before the first of them is past. What is only expected
 * never takes more than half of the quota.
 */
export class ForeignUse {
  #limit: number
  readonly #windowMs: number
  #proven = 0
  #until = -Infinity
  #first = { count: 0, at: 0 }
  #rateBefore = 0
  #ratePerMs = 0
  #seenAt = 0

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  resize(limit: number): void {
    this.#limit = limit
  }

  /** What the headers said of them was wrong. */
  forget(): void {
    this.#proven = 0
    this.#ratePerMs = 0
  }

  ratePerMs(now: number): number {
    return this.#ratePerMs * 0.5 ** (Math.max(0, now - this.#seenAt) / HALF_LIFE_MS)
  }

  observe({ count, at, startedAt = NaN, until, isNew }: Observation): void {
    if (isNew || at >= this.#until) {
      // In a window that began while we watched, all of it is growth.
      const isWatched = this.#seenAt > startedAt - this.#windowMs && this.#seenAt < startedAt
      this.#rateBefore = this.ratePerMs(at)
      this.#first = isWatched ? { count: 0, at: startedAt } : { count, at }
      this.#proven = count
      this.#until = until
    } else {
      this.#proven = Math.max(this.#proven, count)
      this.#until = Math.min(this.#until, until)
    }
    const memoryMs = this.#rateBefore > 0 ? MEMORY_MS : MEMORY_OF_NONE_MS
    const grown = this.#proven - this.#first.count
    const rate = (grown + this.#rateBefore * memoryMs) / (at - this.#first.at + memoryMs)
    this.expect(rate, at)
  }

  /** A rate was measured. A smaller one proves nothing: requests of ours may hide theirs. */
  expect(ratePerMs: number, now: number): void {
    this.#ratePerMs = Math.max(ratePerMs, this.ratePerMs(now))
    this.#seenAt = now
  }

  provenAt(now: number): number {
    return now < this.#until ? this.#proven : 0
  }

  /** Places to leave to others at `now`. */
  placesAt(now: number): number {
    const rate = this.ratePerMs(now)
    const isPresent = now < this.#until
    const proven = this.provenAt(now)
    const [since, ahead] = isPresent ? [this.#seenAt, this.#until - now] : [now, this.#windowMs]
    // Those since they were last seen, and until the window ends.
    const expected = rate * (isPresent ? this.#until - since : ahead)
    const kept = rate > 0 ? Math.ceil(expected + SPREAD * Math.sqrt(rate * ahead)) : 0
    return Math.max(proven, Math.min(proven + kept, Math.floor(this.#limit / 2)))
  }

  /** When fewer places may have to be left; `Infinity` when none is left now. */
  changesAt(now: number): number {
    if (now >= this.#until) return Infinity
    const rate = this.ratePerMs(now)
    if (rate > 0) return Math.min(this.#until, now + Math.max(50, 1 / rate))
    return this.#proven > 0 ? this.#until : Infinity
  }
}
