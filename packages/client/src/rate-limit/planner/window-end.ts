/** Whole seconds are rounded in a way that is not documented. They say nothing of a window shorter than this. */
const ROUNDING_MS = 1_000
const SHORTEST_MS = 5_000

/** What is known of where a window ends. Source: `X-RateLimit-Reset` and `Retry-After`; vendor, rate limits guide. */
export class WindowEnd {
  readonly #windowMs: number
  /** It lies between these. `#latest` is `Infinity` while only the earliest moment is known. */
  #earliest = -Infinity
  #latest = Infinity

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** When the window ends at the latest; `undefined` while that is not known. */
  by(now: number): number | undefined {
    return this.#latest > now && this.#latest < Infinity ? this.#latest : undefined
  }

  /** When a request that arrived at a moment stops to count; `Infinity` when its window is not known. */
  of(arrival: number): number {
    return arrival <= this.#earliest ? this.#latest : Infinity
  }

  /** Where the window has ended: what arrived until the moment given back does not count any more. The next one follows. */
  passed(now: number): number {
    if (this.#latest > now) return -Infinity
    const over = this.#earliest
    this.#earliest += this.#windowMs
    this.#latest = Infinity
    return over
  }

  /** A request was counted. The first that left after an end began the next window, at the latest. */
  began(sentAt: number, arrival: number): void {
    if (this.#latest < Infinity || sentAt + this.#windowMs < this.#earliest + ROUNDING_MS) return
    if (this.#earliest > -Infinity) this.#latest = arrival + this.#windowMs
  }

  /** An answer said that the window ends in `ms`: up to a second earlier, and up to `laterMs` later. */
  told(answer: { readonly sentAt: number; readonly answeredAt: number }, ms: number, laterMs: number): void {
    if (this.#windowMs < SHORTEST_MS || ms > this.#windowMs + ROUNDING_MS) return
    const earliest = answer.sentAt + ms - ROUNDING_MS
    const latest = answer.answeredAt + Math.min(ms + laterMs, this.#windowMs)
    const isSame = earliest <= this.#latest && this.#earliest <= latest
    this.#earliest = isSame ? Math.max(this.#earliest, earliest) : earliest
    this.#latest = isSame ? Math.min(this.#latest, latest) : latest
  }

  forget(): void {
    this.#earliest = -Infinity
    this.#latest = Infinity
  }
}
