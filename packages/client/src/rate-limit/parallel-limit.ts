/** After a refusal with nothing in flight that could end: wait this long, twice as long each time. */
const ALONE_MS = 1_000
const LONGEST_MS = 60_000

/** Answers until the limit is tried one higher: one minute's quota. */
const PASSES = 150
const MOST_PASSES = 16 * PASSES

/** Requests in flight that are tried before any answer is known: as many as browsers open to one server. */
const SLOW_START = 6

/**
 * The limit on parallel requests, whose value is not documented. Untold, it starts with six and grows by one with each
 * answer that comes while all are in use. A `Retry-After: -1` ends that, and lowers it to what was in flight without
 * the refused request; from then on it is raised by one after 150 answers. Each raise that is refused doubles the
 * number.
 */
export class ParallelLimit {
  readonly #most: number
  #limit: number
  #isSlowStart: boolean
  #inFlight = 0
  #passes = 0
  #passesNeeded = PASSES
  #isTrying = false
  #closedUntil = -Infinity
  #refusals = 0

  /** @param told bound set by the caller. */
  constructor(told: number | undefined) {
    this.#most = told ?? Infinity
    this.#limit = told ?? SLOW_START
    this.#isSlowStart = told === undefined
  }

  get limit(): number {
    return this.#limit
  }

  get inFlight(): number {
    return this.#inFlight
  }

  hasRoom(now: number): boolean {
    return this.#inFlight < this.#limit && now >= this.#closedUntil
  }

  /** When there may be room again without an answer; `Infinity`: when a request in flight has ended. */
  reopensAt(now: number): number {
    return this.#inFlight > 0 ? Infinity : Math.max(now, this.#closedUntil)
  }

  enter(): void {
    this.#inFlight += 1
  }

  leave(): void {
    this.#inFlight -= 1
    // What the refusal waited for.
    if (this.#inFlight > 0) this.#closedUntil = -Infinity
  }

  passed(): void {
    this.#refusals = 0
    if (this.#isSlowStart && this.#inFlight >= this.#limit) this.#limit += 1
    if (this.#isSlowStart || this.#limit >= this.#most) return
    this.#passes += 1
    if (this.#passes >= this.#passesNeeded) {
      this.#passes = 0
      this.#limit += 1
      this.#isTrying = true
    }
  }

  refused(now: number): void {
    if (this.#isTrying) this.#passesNeeded = Math.min(MOST_PASSES, 2 * this.#passesNeeded)
    this.#isTrying = false
    this.#isSlowStart = false
    this.#passes = 0
    this.#refusals += 1
    this.#limit = Math.max(1, Math.min(this.#limit, this.#inFlight - 1))
    // With others in flight their end reopens; alone, only time can.
    this.#closedUntil = now + Math.min(LONGEST_MS, ALONE_MS * 2 ** (this.#refusals - 1))
  }
}
