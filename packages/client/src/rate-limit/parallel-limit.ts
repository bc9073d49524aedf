/** After a refusal with nothing in flight that could end: wait this long, twice as long each time. */
const ALONE_MS = 1_000
const LONGEST_MS = 60_000

/**
 * The limit on parallel requests, whose value is not documented: lowered by a `Retry-After: -1` to what was in flight
 * without the refused request, raised by one after as many answers as twice the limit.
 */
export class ParallelLimit {
  readonly #most: number
  #limit: number
  #inFlight = 0
  #passes = 0
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
    if (this.#passes >= 2 * this.#limit) {
      this.#passes = 0
      this.#limit += 1
    }
  }

  refused(now: number): void {
    this.#passes = 0
    this.#refusals += 1
    this.#limit = Math.max(1, Math.min(this.#limit, this.#inFlight - 1))
    // With others in flight their end reopens; alone, only time can.
    this.#closedUntil = now + Math.min(LONGEST_MS, ALONE_MS * 2 ** (this.#refusals - 1))
  }
}
