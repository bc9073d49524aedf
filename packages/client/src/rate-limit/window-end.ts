/** A request as every window sees it. All moments are on the client's clock, in milliseconds. */
export interface Sent {
  readonly sentAt: number
  /** When its answer began, or when it failed; `Infinity` while neither is known. */
  answeredAt: number
}

/** An interval in which an end of the window lies. */
export interface Bounds {
  readonly earliest: number
  readonly latest: number
}

/** How a server may round the seconds until its window ends; the vendor does not say. */
const ROUNDINGS: readonly { readonly from: number; readonly to: number }[] = [
  { from: -1, to: 0 }, // up
  { from: -0.5, to: 0.5 }, // to nearest
  { from: 0, to: 1 }, // down
]

/** How far two clocks may drift apart: what was learnt widens by this share of the time that has passed. */
const DRIFT = 1e-4

/** Whole seconds tell nothing about a window of one. */
const SHORTEST_COUNTED_DOWN_MS = 2_000

/**
 * When a window ends, as far as answers have told.
 *
 * A window may be aligned to a clock, so that what is known of one end holds for all, or start with its first request,
 * so that it holds for one. The second is assumed until two windows were seen to start less than one window apart.
 */
export class WindowEnd {
  readonly #windowMs: number
  /** The end that the answers agree on, one interval for each rounding; a rounding that does not fit has none. */
  #byRounding: readonly (Bounds | undefined)[] = []
  /** All of them together. */
  #known: Bounds | undefined
  /** When the newest of those answers came. */
  #learntAt = -Infinity
  #isAligned = false
  /** The newest answer that was the first of its window. */
  #first: Sent | undefined

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** The end that a request answered at `answeredAt` cannot outlive, if known. */
  after(answeredAt: number): Bounds | undefined {
    const known = this.#known
    const latest = this.latestAfter(answeredAt)
    if (!known || latest === Infinity) return undefined
    const slackMs = Math.max(0, answeredAt - this.#learntAt) * DRIFT
    return { earliest: latest - slackMs - (known.latest - known.earliest) - slackMs, latest }
  }

  /** The latest moment of that end; `Infinity` while it is not known. */
  latestAfter(answeredAt: number): number {
    const known = this.#known
    if (!known || answeredAt === Infinity) return Infinity
    const turns = Math.max(0, Math.ceil((answeredAt - known.earliest) / this.#windowMs)) * this.#windowMs
    if (!this.#isAligned && known.earliest + turns > this.#learntAt + this.#windowMs) return Infinity
    return known.latest + turns + Math.max(0, answeredAt - this.#learntAt) * DRIFT
  }

  /** The earliest moment at which the window of a request sent at `sentAt` may have started, if known. */
  startBefore(sentAt: number): number | undefined {
    const next = this.after(sentAt)
    if (!next) return undefined
    // An end that may or may not be over has not started anything for certain.
    return next.latest - this.#windowMs <= sentAt ? next.earliest - this.#windowMs : next.earliest - 2 * this.#windowMs
  }

  /** The latest moment at which the window of a request sent at `sentAt` may have started, if it is certain which. */
  startedBy(sentAt: number): number | undefined {
    const next = this.after(sentAt)
    return next && next.latest - this.#windowMs <= sentAt ? next.latest - this.#windowMs : undefined
  }

  /** The first moment at which the end after `answeredAt` may be over, with one of the roundings still possible. */
  maybeOverAt(answeredAt: number): number | undefined {
    const end = this.after(answeredAt)
    const spread = this.#known
    if (!end || !spread) return undefined
    const [soonest] = this.#byRounding.filter((bounds) => bounds !== undefined).toSorted((a, b) => a.latest - b.latest)
    return end.latest - (spread.latest - (soonest ?? spread).latest)
  }

  /** An answer said that the window ends in `resetS` seconds. */
  learnReset({ sentAt, answeredAt }: Sent, resetS: number): void {
    const windowMs = this.#windowMs
    // More than a window is not a time until its end.
    if (windowMs <= SHORTEST_COUNTED_DOWN_MS || resetS * 1_000 > windowMs + 1_000) return
    this.#take(
      ROUNDINGS.map(({ from, to }) => ({
        earliest: Math.max(sentAt, sentAt + (resetS + from) * 1_000),
        latest: Math.min(answeredAt + windowMs, answeredAt + (resetS + to) * 1_000),
      })),
      answeredAt,
    )
  }

  /**
   * A refusal said that the window ends in `waitMs`, which may be rounded in another way than the resets are. It is not
   * rounded down: whoever obeyed would be refused again.
   */
  learnRefusal({ sentAt, answeredAt }: Sent, waitMs: number): void {
    const earliest = Math.max(sentAt, sentAt + waitMs - 1_000)
    const latest = Math.min(answeredAt + this.#windowMs, answeredAt + waitMs)
    this.#take(
      ROUNDINGS.map(() => ({ earliest, latest })),
      answeredAt,
    )
  }

  /** Answers have proved that a window ended between these moments. */
  learnTurn(earliest: number, latest: number): void {
    if (latest - earliest >= this.#windowMs) return
    const turn = { earliest, latest }
    const known = this.#known
    if (this.#isAligned || (known && earliest <= known.latest && latest >= known.earliest)) {
      this.#take(
        ROUNDINGS.map(() => turn),
        latest,
      )
    }
  }

  /** This request was the first of its window. */
  learnFirst(sent: Sent): void {
    const last = this.#first
    this.#first = sent
    if (!last || sent === last) return
    const [earliest, latest] = [Math.min(last.sentAt, sent.sentAt), Math.max(last.answeredAt, sent.answeredAt)]
    if (latest - earliest >= this.#windowMs) return
    this.#isAligned = true
    this.learnTurn(earliest, latest)
  }

  /** Drops the phase: a clock has jumped. */
  forget(): void {
    this.#byRounding = []
    this.#known = undefined
    this.#learntAt = -Infinity
    this.#first = undefined
  }

  /** Drops everything: it has not kept its promise. */
  distrust(): void {
    this.forget()
    this.#isAligned = false
  }

  #take(fresh: readonly Bounds[], at: number): void {
    const slackMs = Math.max(0, at - this.#learntAt) * DRIFT
    const isKnown = this.#byRounding.length > 0
    const merged = isKnown ? fresh.map((bounds, index) => this.#merge(this.#byRounding[index], bounds, slackMs)) : fresh
    // No rounding fits all answers: the phase has moved, and only the newest counts.
    const fits = merged.some(Boolean)
    if (!fits) this.#isAligned = false
    this.#byRounding = fits ? merged : fresh
    this.#known = union(this.#byRounding)
    this.#learntAt = Math.max(this.#learntAt, at)
  }

  /** What two answers agree on, the older moved on by whole windows where that is allowed. */
  #merge(older: Bounds | undefined, newer: Bounds, slackMs: number): Bounds | undefined {
    if (!older) return undefined
    const windowMs = this.#windowMs
    const fewest = Math.ceil((newer.earliest - older.latest - slackMs) / windowMs)
    const most = Math.floor((newer.latest - older.earliest + slackMs) / windowMs)
    if (fewest > most) return undefined
    if (!this.#isAligned && (fewest > 0 || most < 0)) return newer
    // Two wide intervals may meet at either of their sides, and only one of them is true.
    const shift = fewest * windowMs
    const moved = { earliest: older.earliest + shift - slackMs, latest: older.latest + shift + slackMs }
    if (fewest < most) return newer.latest - newer.earliest < moved.latest - moved.earliest ? newer : moved
    return { earliest: Math.max(moved.earliest, newer.earliest), latest: Math.min(moved.latest, newer.latest) }
  }
}

function union(all: readonly (Bounds | undefined)[]): Bounds | undefined {
  let [earliest, latest] = [Infinity, -Infinity]
  for (const bounds of all) {
    if (!bounds) continue
    earliest = Math.min(earliest, bounds.earliest)
    latest = Math.max(latest, bounds.latest)
  }
  return earliest === Infinity ? undefined : { earliest, latest }
}
