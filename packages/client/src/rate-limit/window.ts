/** A fixed window of an account. */
export interface WindowSpec {
  readonly name: string
  /** Requests that the server accepts in each. */
  readonly limit: number
  readonly windowMs: number
}

/** A request as every window sees it. All moments are on the client's clock, in milliseconds. */
export interface Sent {
  readonly sentAt: number
  /** When its answer began, or when it failed; `Infinity` while neither is known. */
  answeredAt: number
}

/** What one answer said about a window. */
export interface Sample {
  readonly sent: Sent
  readonly remaining: number
  readonly resetS: number | undefined
}

/** How a server may round the seconds until its window ends; the vendor does not say. */
const ROUNDINGS: readonly { readonly from: number; readonly to: number }[] = [
  { from: -1, to: 0 }, // up
  { from: -0.5, to: 0.5 }, // to nearest
  { from: 0, to: 1 }, // down
]

/** How far two clocks may drift apart: what was learnt widens by this share of the time that has passed. */
const DRIFT = 1e-4

/** An interval in which an end of the window lies. */
interface Bounds {
  readonly earliest: number
  readonly latest: number
}

/** A request in this window. */
interface Entry {
  readonly sent: Sent
  /** What was left after it, as its answer said. */
  remaining: number | undefined
  /** An answer has proved that its window is over. */
  isOver: boolean
}

/**
 * One fixed window of unknown phase, seen from outside. Nothing here reads a clock.
 *
 * A request may be counted at any moment between its sending and its answer. So it occupies the window
 * - until its answer plus one window, whatever is known;
 * - until the latest possible end of the window, when its answer came before the earliest possible one;
 * - until another answer proves that its window is over: within one window what is left only shrinks, so a request
 *   after which as much or more is left than after an earlier one was counted in a later window.
 */
export class FixedWindow {
  readonly spec: WindowSpec
  /** In the order of sending; kept for one window longer than they occupy, to tell our requests from others'. */
  #entries: Entry[] = []
  /** The end that the last samples agree on, one interval for each rounding that they leave possible. */
  #ends: (Bounds | undefined)[] = []
  /** When the newest of those samples was answered: one window later the knowledge is stale. */
  #learntAt = -Infinity
  #isRemainingTrusted = true
  /** Requests of others in the present window, as far as proved, and until when they count. */
  #foreign = { count: 0, until: -Infinity }

  constructor(spec: WindowSpec) {
    this.spec = spec
  }

  add(sent: Sent): void {
    this.#entries.push({ sent, remaining: undefined, isOver: false })
  }

  /** The earliest moment from `now` on at which one more request cannot overflow; `Infinity`: after an answer. */
  opening(now: number): number {
    const limit = this.#limitAt(now)
    if (this.#entries.length < limit) return now
    const frees = this.#frees(now)
    if (frees.length < limit) return now
    return Math.max(now, frees.toSorted((a, b) => a - b)[frees.length - limit] ?? this.#foreign.until)
  }

  /** When each place that is taken at `now` frees, in order; in flight counts as answered now. */
  forecast(now: number): number[] {
    const ours = this.#frees(now).map((free) => (free === Infinity ? now + this.spec.windowMs : free))
    const others = Array.from({ length: this.spec.limit - this.#limitAt(now) }, () => this.#foreign.until)
    return [...ours, ...others].toSorted((a, b) => a - b)
  }

  /** Requests that count at `now`, ours and what is proved of others. */
  usedAt(now: number): number {
    return this.#frees(now).length + (this.spec.limit - this.#limitAt(now))
  }

  /** The latest moment at which the present window ends, if known. */
  endsBy(now: number): number | undefined {
    const end = this.#end()
    if (!end) return undefined
    return end.latest + Math.max(0, Math.ceil((now - end.latest) / this.spec.windowMs)) * this.spec.windowMs
  }

  /** Takes in what an answer said. */
  learn({ sent, remaining, resetS }: Sample): void {
    const { sentAt, answeredAt } = sent
    if (resetS !== undefined) this.#learnEnd(sentAt, answeredAt, resetS)
    for (const entry of this.#entries) {
      if (entry.sent === sent) entry.remaining = remaining
      else if (
        this.#isRemainingTrusted &&
        entry.sent.answeredAt < sentAt &&
        (entry.remaining ?? Infinity) <= remaining
      ) {
        entry.isOver = true
      }
    }
    this.#learnForeign(sent, remaining)
  }

  /** A 429 came that should not: what is left is not what the headers say, and proves nothing any more. */
  distrust(): void {
    this.#isRemainingTrusted = false
    this.forget()
  }

  /** Drops what was learnt: a clock has jumped. */
  forget(): void {
    this.#ends = []
    this.#learntAt = -Infinity
    for (const entry of this.#entries) {
      entry.remaining = undefined
      entry.isOver = false
    }
  }

  /** When each request that still counts at `now` stops to. */
  #frees(now: number): number[] {
    const frees: number[] = []
    const { windowMs } = this.spec
    const end = this.#end()
    let isStale = false
    for (const { sent, isOver } of this.#entries) {
      const free = isOver ? -Infinity : this.#freeAt(sent, end)
      if (free > now) frees.push(free)
      if (sent.answeredAt + 2 * windowMs <= now) isStale = true
    }
    if (isStale) this.#entries = this.#entries.filter(({ sent }) => sent.answeredAt + 2 * windowMs > now)
    return frees
  }

  #freeAt({ answeredAt }: Sent, end: Bounds | undefined): number {
    if (answeredAt === Infinity) return Infinity
    const { windowMs } = this.spec
    const sliding = answeredAt + windowMs
    if (!end) return sliding
    const turns = Math.max(0, Math.ceil((answeredAt - end.earliest) / windowMs)) * windowMs
    // An end is trusted one window past the newest sample: windows may start with their first request.
    if (end.earliest + turns > this.#learntAt + windowMs) return sliding
    return Math.min(sliding, end.latest + turns)
  }

  #learnEnd(sentAt: number, answeredAt: number, resetS: number): void {
    const { windowMs } = this.spec
    // Whole seconds tell nothing about a window of one; more than a window is not a time until its end.
    if (windowMs <= 2_000 || resetS * 1_000 > windowMs + 1_000) return
    const fresh = ROUNDINGS.map(({ from, to }) => ({
      earliest: sentAt + (resetS + from) * 1_000,
      latest: answeredAt + (resetS + to) * 1_000,
    }))
    const slackMs = Math.max(0, answeredAt - this.#learntAt) * DRIFT
    const merged = fresh.map((bounds, index) => merge(this.#ends[index], bounds, windowMs, slackMs))
    // No rounding fits all samples: the phase has moved, and only the newest counts.
    this.#ends = merged.some(Boolean) ? merged : fresh
    this.#learntAt = Math.max(this.#learntAt, answeredAt)
  }

  /** What is used beyond all of ours that the answer may have counted is somebody else's. */
  #learnForeign({ sentAt, answeredAt }: Sent, remaining: number): void {
    const { limit, windowMs } = this.spec
    const ours = this.#entries.filter(({ sent }) => sent.sentAt <= answeredAt && sent.answeredAt > sentAt - windowMs)
    const foreign = limit - remaining - ours.length
    if (foreign <= 0) return
    this.#foreign = { count: foreign, until: this.endsBy(answeredAt) ?? answeredAt + windowMs }
  }

  #limitAt(now: number): number {
    return now < this.#foreign.until ? Math.max(1, this.spec.limit - this.#foreign.count) : this.spec.limit
  }

  #end(): Bounds | undefined {
    let [earliest, latest] = [Infinity, -Infinity]
    for (const bounds of this.#ends) {
      if (!bounds) continue
      earliest = Math.min(earliest, bounds.earliest)
      latest = Math.max(latest, bounds.latest)
    }
    return earliest === Infinity ? undefined : { earliest, latest }
  }
}

/** What two samples agree on, the older moved on by whole windows. */
function merge(older: Bounds | undefined, newer: Bounds, windowMs: number, slackMs: number): Bounds | undefined {
  if (!older) return undefined
  const apart = (newer.earliest + newer.latest - older.earliest - older.latest) / 2
  const shift = Math.round(apart / windowMs) * windowMs
  const earliest = Math.max(older.earliest + shift - slackMs, newer.earliest)
  const latest = Math.min(older.latest + shift + slackMs, newer.latest)
  return earliest <= latest ? { earliest, latest } : undefined
}
