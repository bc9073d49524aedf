/** Whole seconds are rounded in a way that is not documented. They say nothing of a window shorter than this. */
const ROUNDING_MS = 1_000
const SHORTEST_MS = 5_000

/** The end of a window lies between these moments. */
export interface EndRange {
  readonly earliest: number
  readonly latest: number
}

/**
 * Where a window ends, by an answer that said "in `ms`": up to a second earlier, and up to `laterMs` later.
 * @returns `undefined` when that says nothing of this window
 */
export function endOf(
  { sentAt, answeredAt }: { readonly sentAt: number; readonly answeredAt: number },
  ms: number,
  { windowMs, laterMs }: { readonly windowMs: number; readonly laterMs: number },
): EndRange | undefined {
  if (windowMs < SHORTEST_MS || ms > windowMs + ROUNDING_MS) return undefined
  return { earliest: sentAt + ms - ROUNDING_MS, latest: answeredAt + Math.min(ms + laterMs, windowMs) }
}

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

  /** An answer said that the window ends in `ms`, or up to `laterMs` later. */
  told(answer: { readonly sentAt: number; readonly answeredAt: number }, ms: number, laterMs: number): void {
    const end = endOf(answer, ms, { windowMs: this.#windowMs, laterMs })
    if (!end) return
    const isSame = end.earliest <= this.#latest && this.#earliest <= end.latest
    this.#earliest = isSame ? Math.max(this.#earliest, end.earliest) : end.earliest
    this.#latest = isSame ? Math.min(this.#latest, end.latest) : end.latest
  }

  forget(): void {
    this.#earliest = -Infinity
    this.#latest = Infinity
  }
}
