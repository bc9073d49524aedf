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

/** Requests that have filled one window, and one that was counted in the next. */
export interface FullWindow {
  /** When the first and the last of those that filled it were sent. */
  readonly openedAt: number
  readonly lastSentAt: number
  /** When the answer came of the one in the next. */
  readonly answeredAt: number
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
 * so that it holds for one, and for the next when an answer from that has come. The second is assumed until two windows
 * were seen to start less than one window apart.
 */
export class WindowEnd {
  readonly #windowMs: number
  /** The end that the answers agree on, one interval for each rounding; a rounding that does not fit has none. */
  #byRounding: readonly (Bounds | undefined)[] = []
  /** All of them together. */
  #known: Bounds | undefined
  /** When the newest of those answers came. */
  #learntAt = -Infinity
  /** The latest moment at which the window after that end had begun, as an answer from within it has proved. */
  #begunBy = Infinity
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
    return { earliest: known.earliest + this.#turnsMs(answeredAt) - this.#slackMs(answeredAt), latest }
  }

  /** The latest moment of that end; `Infinity` while it is not known. */
  latestAfter(answeredAt: number): number {
    const known = this.#known
    if (!known || answeredAt === Infinity) return Infinity
    const turnsMs = this.#turnsMs(answeredAt)
    const slackMs = this.#slackMs(answeredAt)
    if (this.#isAligned || turnsMs === 0) return known.latest + turnsMs + slackMs
    return turnsMs === this.#windowMs ? this.#begunBy + turnsMs + slackMs : Infinity
  }

  /** Windows between the end that is known and the one after `answeredAt`, in milliseconds. */
  #turnsMs(answeredAt: number): number {
    const { earliest } = this.#known ?? { earliest: 0 }
    return Math.max(0, Math.ceil((answeredAt - earliest) / this.#windowMs)) * this.#windowMs
  }

  /** How far clocks may have drifted apart by `at` since the newest answer. */
  #slackMs(at: number): number {
    return Math.max(0, at - this.#learntAt) * DRIFT
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

  /** The latest moment of the last end that is over for certain at `sentAt`, if known. */
  overBy(sentAt: number): number | undefined {
    const known = this.#known
    if (!known) return undefined
    const latest = known.latest + this.#slackMs(sentAt)
    if (!this.#isAligned) return latest <= sentAt ? latest : undefined
    return latest + Math.floor((sentAt - latest) / this.#windowMs) * this.#windowMs
  }

  /** The first moment at which the end after `answeredAt` may be over, with one of the roundings still possible. */
  maybeOverAt(answeredAt: number): number | undefined {
    const end = this.after(answeredAt)
    if (!end) return undefined
    const soonest = Math.min(...this.#byRounding.flatMap((bounds) => bounds?.latest ?? []))
    return Math.min(soonest + this.#turnsMs(answeredAt) + this.#slackMs(answeredAt), end.latest)
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

  /** Whether a refusal that names the wait until the end contradicts what is known, however it is rounded. */
  isRefutedBy({ sentAt, answeredAt }: Sent, waitMs: number): boolean {
    const end = this.#windowMs > SHORTEST_COUNTED_DOWN_MS ? this.after(sentAt) : undefined
    return end !== undefined && (end.latest < sentAt + waitMs - 1_000 || end.earliest > answeredAt + waitMs + 1_000)
  }

  /** Answers have proved that a window ended between these moments; the later one is an answer from the next. */
  learnTurn(earliest: number, latest: number): void {
    if (latest - earliest >= this.#windowMs) return
    if (!this.#isAligned && !this.#isOnlyEndBetween(earliest, latest)) return
    this.#takeEnd({ earliest, latest }, latest)
  }

  /** Answers have proved the end of a window that was full. */
  learnFull({ openedAt, lastSentAt, answeredAt }: FullWindow): void {
    // A window that its first request began would have lasted longer.
    if (answeredAt - openedAt < this.#windowMs) this.#isAligned = true
    this.learnTurn(lastSentAt, answeredAt)
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
    this.#begunBy = Infinity
    this.#learntAt = -Infinity
    this.#first = undefined
  }

  /** Drops everything: it has not kept its promise. */
  distrust(): void {
    this.forget()
    this.#isAligned = false
  }

  /** Whether the end that is known, and no other, can lie between these moments. */
  #isOnlyEndBetween(earliest: number, latest: number): boolean {
    const known = this.#known
    if (!known || earliest > known.latest || latest < known.earliest) return false
    return latest < known.earliest + this.#windowMs && earliest > known.latest - this.#windowMs
  }

  /** Takes in an end that has nothing to do with how seconds are rounded, and an answer from the window after it. */
  #takeEnd(end: Bounds, begunBy: number): void {
    this.#take(
      ROUNDINGS.map(() => end),
      begunBy,
    )
    this.#begunBy = Math.min(this.#begunBy, begunBy)
  }

  #take(fresh: readonly Bounds[], at: number): void {
    const before = this.#known
    const slackMs = this.#slackMs(at)
    const merged = before ? fresh.map((bounds, index) => this.#merge(this.#byRounding[index], bounds, slackMs)) : fresh
    // No rounding fits all answers: the phase has moved, and only the newest counts.
    const fits = merged.some(Boolean)
    if (!fits) this.#isAligned = false
    this.#byRounding = this.#ofOneTurn(fits ? merged : fresh)
    this.#known = union(this.#byRounding)
    if (!before || !this.#known || this.#known.earliest > before.latest + slackMs) this.#begunBy = Infinity
    this.#learntAt = Math.max(this.#learntAt, at)
  }

  /** On a clock, an end is as good as any other a number of windows away: all are given near the first. */
  #ofOneTurn(all: readonly (Bounds | undefined)[]): readonly (Bounds | undefined)[] {
    const first = all.find((bounds) => bounds !== undefined)
    if (!this.#isAligned || !first) return all
    return all.map((bounds) => {
      const turns = bounds && Math.round((first.earliest - bounds.earliest) / this.#windowMs)
      return turns ? moved(bounds, turns * this.#windowMs) : bounds
    })
  }

  /** What two answers agree on, the older moved on by whole windows where that is allowed. */
  #merge(older: Bounds | undefined, newer: Bounds, slackMs: number): Bounds | undefined {
    if (!older) return undefined
    const windowMs = this.#windowMs
    const fewest = Math.ceil((newer.earliest - older.latest - slackMs) / windowMs)
    const most = Math.floor((newer.latest - older.earliest + slackMs) / windowMs)
    if (fewest > most) return undefined
    if (!this.#isAligned && (fewest > 0 || most < 0)) return newer
    const shift = this.#isAligned ? most * windowMs : 0
    const old = moved(older, shift, slackMs)
    // Two wide intervals may meet at either of their sides, and only one of them is true.
    if (fewest < most) return newer.latest - newer.earliest < old.latest - old.earliest ? newer : old
    return { earliest: Math.max(old.earliest, newer.earliest), latest: Math.min(old.latest, newer.latest) }
  }
}

function moved({ earliest, latest }: Bounds, byMs: number, slackMs = 0): Bounds {
  return { earliest: earliest + byMs - slackMs, latest: latest + byMs + slackMs }
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
