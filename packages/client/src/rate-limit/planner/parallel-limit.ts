/** Requests in flight that are tried before an answer is known: as many as browsers open to one server. */
const SLOW_START = 6
/** Answers before one more is tried; twice as many after each try that was refused. */
const PASSES = 150
/** After a refusal with nothing else in flight: wait this long, twice as long each time. */
const ALONE_MS = 1_000
const LONGEST_MS = 60_000

/**
 * The limit on parallel requests, whose value is not documented. It starts with six and doubles after as many answers,
 * until a `Retry-After: -1`: then it is what was in flight beside the refused request, and grows by one at a time.
 */
export class ParallelLimit {
  readonly #most: number
  #limit: number
  #inFlight = 0
  #passes = 0
  /** Answers before the next try; 0 while it doubles. */
  #needed: number
  #refusals = 0
  #closedUntil = -Infinity

  /** @param told bound set by the caller */
  constructor(told: number | undefined) {
    this.#most = told ?? Infinity
    this.#limit = told ?? SLOW_START
    this.#needed = 0
  }

  get limit(): number {
    return this.#limit
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** The earliest moment from `now` on for one more; `Infinity`: when one in flight has ended. */
  opening(now: number): number {
    if (this.#inFlight < this.#limit && now >= this.#closedUntil) return now
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
    this.#passes += 1
    if (this.#passes < (this.#needed || this.#limit)) return
    this.#passes = 0
    this.#limit = Math.min(this.#most, this.#needed ? this.#limit + 1 : 2 * this.#limit)
  }

  /** The refused request is still among those in flight. */
  refused(at: number): void {
    this.#needed = this.#needed ? Math.min(16 * PASSES, 2 * this.#needed) : PASSES
    this.#passes = 0
    this.#limit = Math.max(1, Math.min(this.#limit, this.#inFlight - 1))
    this.#closedUntil = at + Math.min(LONGEST_MS, ALONE_MS * 2 ** this.#refusals++)
  }
}
