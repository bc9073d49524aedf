/** A fixed window of an account. */
export interface WindowSpec {
  readonly name: string
  /** Requests that the server accepts in each. */
  readonly limit: number
  readonly windowMs: number
}

/** A request as both windows count it. All moments on the client's clock, in milliseconds. */
export interface Sent {
  readonly sentAt: number
  /** When its answer began, or when it failed; `Infinity` while neither is known. */
  answeredAt: number
}

/** What one answer said about a window. */
export interface Sample {
  readonly sentAt: number
  readonly answeredAt: number
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

/**
 * One fixed window of unknown phase, seen from outside. Pure bookkeeping: nothing here reads a clock.
 *
 * A request may be counted at any moment between its sending and its answer. So without knowledge of the phase it
 * occupies the window until its answer plus one window; with an end of the window known to lie in an interval, until
 * the latest such moment, if its answer came before the earliest.
 */
export class FixedWindow {
  readonly spec: WindowSpec
  /** In the order of sending. */
  #sent: Sent[] = []
  /** The end that the last samples agree on, one interval for each rounding that they leave possible. */
  #ends: (Bounds | undefined)[] = []
  /** When the newest of those samples was answered: one window later the knowledge is stale. */
  #learntAt = -Infinity
  /** Requests of others in the present window, as far as proved, and until when they count. */
  #foreign = { count: 0, until: -Infinity }

  constructor(spec: WindowSpec) {
    this.spec = spec
  }

  add(sent: Sent): void {
    this.#sent.push(sent)
  }

  /** The earliest moment from `now` on at which one more request cannot overflow; `Infinity`: after an answer. */
  opening(now: number): number {
    this.#prune(now)
    const limit = this.#limitAt(now)
    if (this.#sent.length < limit) return now
    const frees = this.#sent.map((sent) => this.freeAt(sent)).toSorted((a, b) => a - b)
    return Math.max(now, frees[this.#sent.length - limit] ?? Math.max(now, this.#foreign.until))
  }

  /** When a request stops to count. */
  freeAt({ answeredAt }: Sent): number {
    if (answeredAt === Infinity) return Infinity
    const sliding = answeredAt + this.spec.windowMs
    const end = this.#end()
    if (!end) return sliding
    const turns = Math.max(0, Math.ceil((answeredAt - end.earliest) / this.spec.windowMs))
    const earliest = end.earliest + turns * this.spec.windowMs
    // An end is trusted one window past the newest sample: windows may start with their first request.
    if (earliest > this.#learntAt + this.spec.windowMs) return sliding
    return Math.min(sliding, end.latest + turns * this.spec.windowMs)
  }

  /** When each place that is taken at `now` frees, in order; in flight counts as answered now. */
  frees(now: number): number[] {
    this.#prune(now)
    const taken = this.#sent.map((sent) => this.freeAt({ ...sent, answeredAt: Math.min(sent.answeredAt, now) }))
    const others = Array.from({ length: this.spec.limit - this.#limitAt(now) }, () => this.#foreign.until)
    return [...taken, ...others].toSorted((a, b) => a - b)
  }

  /** Requests that count at `now`, ours and what is proved of others. */
  usedAt(now: number): number {
    this.#prune(now)
    return this.#sent.length + (this.spec.limit - this.#limitAt(now))
  }

  /** The latest moment at which the present window ends, if known. */
  endsBy(now: number): number | undefined {
    const end = this.#end()
    if (!end) return undefined
    const turns = Math.max(0, Math.ceil((now - end.latest) / this.spec.windowMs))
    return end.latest + turns * this.spec.windowMs
  }

  /** Takes in what an answer said. */
  learn({ sentAt, answeredAt, remaining, resetS }: Sample): void {
    if (resetS !== undefined && resetS * 1000 <= this.spec.windowMs + 1000 && this.spec.windowMs > 2000) {
      const fresh = ROUNDINGS.map(({ from, to }) => ({
        earliest: sentAt + (resetS + from) * 1000,
        latest: answeredAt + (resetS + to) * 1000,
      }))
      const slackMs = Math.max(0, answeredAt - this.#learntAt) * DRIFT
      const merged =
        this.#ends.length === 0 ? fresh : fresh.map((bounds, index) => this.#merge(this.#ends[index], bounds, slackMs))
      // No rounding fits all samples: the phase has moved, and only the newest counts.
      this.#ends = merged.some(Boolean) ? merged : fresh
      this.#learntAt = answeredAt
    }
    // Ours that the server may have counted before this answer: what is used beyond them is somebody else's.
    const ours = this.#sent.filter((sent) => sent.sentAt <= answeredAt).length
    const foreign = this.spec.limit - remaining - ours
    if (foreign > 0) {
      this.#foreign = { count: foreign, until: this.endsBy(answeredAt) ?? answeredAt + this.spec.windowMs }
    }
  }

  /** Drops what was learnt about the phase: the clock has jumped, or a 429 came that should not. */
  forget(): void {
    this.#ends = []
    this.#learntAt = -Infinity
  }

  #limitAt(now: number): number {
    return now < this.#foreign.until ? Math.max(1, this.spec.limit - this.#foreign.count) : this.spec.limit
  }

  #end(): Bounds | undefined {
    const possible = this.#ends.filter((bounds) => bounds !== undefined)
    if (possible.length === 0) return undefined
    return {
      earliest: Math.min(...possible.map(({ earliest }) => earliest)),
      latest: Math.max(...possible.map(({ latest }) => latest)),
    }
  }

  /** What two samples agree on, the older moved on by whole windows. */
  #merge(older: Bounds | undefined, newer: Bounds, slackMs: number): Bounds | undefined {
    if (!older) return undefined
    const { windowMs } = this.spec
    const shift =
      Math.round((newer.earliest + newer.latest - older.earliest - older.latest) / (2 * windowMs)) * windowMs
    const earliest = Math.max(older.earliest + shift - slackMs, newer.earliest)
    const latest = Math.min(older.latest + shift + slackMs, newer.latest)
    return earliest <= latest ? { earliest, latest } : undefined
  }

  #prune(now: number): void {
    if (this.#sent.some((sent) => this.freeAt(sent) <= now))
      this.#sent = this.#sent.filter((sent) => this.freeAt(sent) > now)
  }
}
