/** After a refusal with nothing in flight that could end: wait this long, twice as long each time. */
const ALONE_MS = 1_000
const LONGEST_MS = 60_000

/** Answers until the limit is tried one higher: one minute's quota. */
const PASSES = 150
const MOST_PASSES = 16 * PASSES

/**
 * The limit on parallel requests, whose value is not documented: lowered by a `Retry-After: -1` to what was in flight
 * without the refused request, raised by one after 150 answers. Each raise that is refused doubles the number.
 */
export class ParallelLimit {
  readonly #most: number
  #limit: number
  #inFlight = 0
  #passes = 0
  #passesNeeded = PASSES
  #isTrying = false
  #closedUntil = -Infinity
  #refusals = 0

  /** @param most bound set by the caller; `Infinity` without one. */
  constructor(most: number = Infinity) {
    this.#most = most
    this.#limit = most
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
    if (this.#limit >= this.#most) return
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
    this.#passes = 0
    this.#refusals += 1
    this.#limit = Math.max(1, Math.min(this.#limit, this.#inFlight - 1))
    // With others in flight their end reopens; alone, only time can.
    this.#closedUntil = now + Math.min(LONGEST_MS, ALONE_MS * 2 ** (this.#refusals - 1))
  }
}
