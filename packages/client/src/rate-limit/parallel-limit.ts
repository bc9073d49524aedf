/** After a refusal with nothing in flight that could end: wait this long, twice as long each time. */
const ALONE_MS = 1_000
const LONGEST_MS = 60_000

/** Answers until the limit is tried one higher: one minute's quota. */
const PASSES = 150
const MOST_PASSES = 16 * PASSES

/** A request in flight. */
export interface Entered {
  /** Most that were in flight at a moment of it, itself included. */
  peak: number
  /** Requests that had been refused before it. */
  readonly refusedBefore: number
}

/** Requests in flight that are tried before any answer is known: as many as browsers open to one server. */
const SLOW_START = 6

/**
 * The limit on parallel requests, whose value is not documented. Untold, it starts with six and is doubled after as
 * many answers. A `Retry-After: -1` ends that, and lowers it to those who were in flight beside the refused request, at
 * most by half; from then on it is raised by one after 150 answers. Each raise that is refused doubles the number.
 */
export class ParallelLimit {
  readonly #most: number
  #limit: number
  #isSlowStart: boolean
  readonly #inFlight = new Set<Entered>()
  #refused = 0
  #passes = 0
  #passesNeeded = PASSES
  #isTrying = false
  #closedUntil = -Infinity
  #refusals = 0

  /** @param told bound set by the caller */
  constructor(told: number | undefined) {
    this.#most = told ?? Infinity
    this.#limit = told ?? SLOW_START
    this.#isSlowStart = told === undefined
  }

  get limit(): number {
    return this.#limit
  }

  get inFlight(): number {
    return this.#inFlight.size
  }

  hasRoom(now: number): boolean {
    return this.inFlight < this.#limit && now >= this.#closedUntil
  }

  /** When there may be room again without an answer; `Infinity`: when a request in flight has ended. */
  reopensAt(now: number): number {
    return this.inFlight > 0 ? Infinity : Math.max(now, this.#closedUntil)
  }

  enter(): Entered {
    const entered: Entered = { peak: 0, refusedBefore: this.#refused }
    this.#inFlight.add(entered)
    for (const one of this.#inFlight) if (one.peak < this.inFlight) one.peak = this.inFlight
    return entered
  }

  leave(entered: Entered): void {
    this.#inFlight.delete(entered)
    // What the refusal waited for.
    if (this.inFlight > 0) this.#closedUntil = -Infinity
  }

  passed(): void {
    this.#refusals = 0
    if (this.#limit >= this.#most) return
    this.#passes += 1
    if (this.#isSlowStart && this.#passes >= this.#limit) {
      this.#passes = 0
      this.#limit *= 2
    }
    if (this.#isSlowStart) return
    if (this.#passes >= this.#passesNeeded) {
      this.#passes = 0
      this.#limit += 1
      this.#isTrying = true
    }
  }

  refused(now: number, { peak, refusedBefore }: Entered): void {
    if (this.#isTrying) this.#passesNeeded = Math.min(MOST_PASSES, 2 * this.#passesNeeded)
    this.#isTrying = false
    this.#isSlowStart = false
    this.#passes = 0
    this.#refusals += 1
    // At most so many beside it were accepted; it may have met fewer of them, but hardly less than half.
    const beside = peak - 1 - (this.#refused - refusedBefore)
    const lowered = Math.max(this.inFlight - 1, Math.ceil(this.#limit / 2))
    this.#refused += 1
    this.#limit = Math.max(1, Math.min(this.#limit, beside, lowered))
    // With others in flight their end reopens; alone, only time can.
    this.#closedUntil = now + Math.min(LONGEST_MS, ALONE_MS * 2 ** (this.#refusals - 1))
  }
}
