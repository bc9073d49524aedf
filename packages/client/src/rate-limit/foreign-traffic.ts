/** How often somebody comes. */
export interface Rate {
  readonly perMs: number
  readonly seenAt: number
}

/** What one answer proves of others in a window. */
export interface Observation {
  /** Requests in the window that cannot be ours. */
  readonly count: number
  readonly answeredAt: number
  /** When the window started; `undefined` while its phase is unknown. */
  readonly startedAt: number | undefined
  /** Whether it is certain that the answer belongs to that window, and not to the one after. */
  readonly isCertain: boolean
  /** When those requests stop to count, at the latest. */
  readonly until: number
}

const NOBODY: Rate = { perMs: 0, seenAt: -Infinity }

/** How much the windows before say about the rate of others, against the present one. */
const MEMORY_MS = 20_000
/** The same, when nobody was seen in them. */
const MEMORY_OF_NOBODY_MS = 3_000
/** In this time, without a sign of others, half as many are expected. */
const HALF_LIFE_MS = 300_000
/** Without a known start of the window, others are taken to need at most this share of it. */
const LARGEST_SHARE = 0.1
/** Somebody who comes less often than once in two minutes is nobody. */
const RAREST_PER_MS = 1 / 120_000

/** Requests of others on the same account: those that are proved, and those that are to be expected. */
export class ForeignTraffic {
  readonly #limit: number
  readonly #windowMs: number
  /** In the present window, as far as proved; when that was; and how often they came in the windows before. */
  #present = { count: 0, seenAt: -Infinity, startedAt: NaN, until: -Infinity, rateBefore: 0 }
  #seen: Rate = NOBODY
  #told: Rate = NOBODY

  constructor({ limit, windowMs }: { readonly limit: number; readonly windowMs: number }) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** How often they come, as far as this window has seen. */
  get rate(): Rate {
    return this.#seen
  }

  /** When those that are proved stop to count. */
  get until(): number {
    return this.#present.until
  }

  /** Another window has seen them. */
  expect(rate: Rate): void {
    this.#told = rate
  }

  observe({ count: proved, answeredAt, startedAt, isCertain, until }: Observation): void {
    const known = rateAt(this.#seen, answeredAt)
    if (proved === 0 && known === 0) return
    // Nothing compares with a start that is not known.
    const isLater = isCertain && (startedAt ?? NaN) > this.#present.startedAt + this.#windowMs / 2
    const isNext = isLater || answeredAt >= this.#present.until
    const rateBefore = isNext ? known : this.#present.rateBefore
    const count = isNext ? proved : Math.max(proved, this.#present.count)
    this.#present = {
      count,
      seenAt: answeredAt,
      startedAt: isCertain || isNext ? (startedAt ?? NaN) : this.#present.startedAt,
      until: isNext ? until : Math.min(until, this.#present.until),
      rateBefore,
    }
    if (!isCertain) return
    const memoryMs = rateBefore > 0 ? MEMORY_MS : MEMORY_OF_NOBODY_MS
    const perMs =
      startedAt === undefined
        ? Math.max(rateBefore, Math.min(count, this.#limit * LARGEST_SHARE) / this.#windowMs)
        : (count + rateBefore * memoryMs) / (answeredAt - startedAt + memoryMs)
    this.#seen = {
      perMs: perMs < RAREST_PER_MS ? 0 : perMs,
      seenAt: count > 0 ? answeredAt : this.#seen.seenAt,
    }
  }

  /** Those of the present window stop to count earlier than was known. */
  endAt(until: number): void {
    this.#present = { ...this.#present, until }
  }

  /** Requests in the window at `now` that are proved to be theirs. */
  countAt(now: number): number {
    return now < this.#present.until ? this.#present.count : 0
  }

  /** Places of the window to keep free for them at `now`, proved and expected. */
  placesAt(now: number): number {
    const { count, seenAt, until } = this.#present
    const rate = Math.max(rateAt(this.#seen, now), rateAt(this.#told, now))
    const isPresent = now < until
    if (rate === 0) return isPresent ? count : 0
    const expected = rate * (isPresent ? until - seenAt : this.#windowMs)
    // They come when they like: their number varies by its square root.
    const kept = Math.max(0, Math.ceil(expected + Math.sqrt(expected) - 0.3))
    return (isPresent ? count : 0) + kept
  }
}

function rateAt({ perMs, seenAt }: Rate, now: number): number {
  return perMs === 0 ? 0 : perMs * 0.5 ** (Math.max(0, now - seenAt) / HALF_LIFE_MS)
}
