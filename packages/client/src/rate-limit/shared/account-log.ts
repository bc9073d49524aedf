import type { Clock } from '../../clock.ts'
import type { Ledger, LedgerOptions, Told } from '../ledger.ts'
import type { LimiterSnapshot } from '../limiter.ts'
import { AccountView } from './account-view.ts'
import { fairShare } from './fair-share.ts'
import { writeEvent } from './log-event.ts'
import type { LogEvent } from './log-event.ts'
import type { OwnPart } from './own-part.ts'
import { StoreTime } from './store-time.ts'
import type { Claim, Exchanged, Store } from './store.ts'

/**
 * - `shared`: the store is there, and the quota is everybody's
 * - `away`: it is not, or was not yet; calls leave within this process's part of the quota
 * - `returning`: it is there again, and others may not have noticed
 */
export type StoreState = 'shared' | 'away' | 'returning'

export interface StoreSnapshot {
  readonly store: StoreState
  /** What the last exchange has failed with, while the store is away; `undefined` before the first, too. */
  readonly storeFailure: unknown
}

export interface AccountLogOptions {
  readonly store: Store
  readonly clock: Clock
  readonly part: OwnPart
  readonly ledger: LedgerOptions
  /** The name of this process. */
  readonly member: string
}

export interface Waiting {
  readonly all: number
  readonly ready: number
}

/** A store that takes longer is away. */
const PATIENCE_MS = 1_000
/** Between two attempts to reach it. */
const RETRY_MS = 500
/** A process that waits or has something in flight says so at least so often. */
const HEARTBEAT_MS = 1_000
/** Until others who were cut off have noticed that the store is back. */
const RETURN_MS = 3_000
/** A request that is on its way when the store goes away may arrive so much later. */
const LONGEST_TRIP_MS = 1_000
/** After this, a place that somebody else has not taken is anybody's. */
const GRACE_MS = 100
/** How often to look for news: while all places are in flight or somebody else's; before an opening; long before one. */
const LOOK_MS = { soon: 30, later: 250, late: 1_000 }

/** The account in the store, as this process reads and writes it. Moments are on this process's clock. */
export class AccountLog {
  readonly #options: AccountLogOptions
  readonly #longestMs: number
  /** How long the store keeps entries: longer than any window can ask for them. */
  readonly #keptMs: number
  readonly #time = new StoreTime()
  /** To be told at the next exchange. */
  #reports: ((time: StoreTime) => LogEvent)[] = []
  readonly #inFlight = new Set<string>()
  #view: AccountView
  #cursor = ''
  #state: StoreState = 'away'
  /** While the store is away: until when nothing may leave. */
  #silentUntil = Infinity
  #returningUntil = -Infinity
  /** Why the store is away. */
  #failure: unknown
  #requests = 0
  #exchangedAt = -Infinity
  #told = { at: -Infinity, isWaiting: false }
  /** Since when there is room, and all of it is somebody else's. */
  #roomSince: number | undefined

  constructor(options: AccountLogOptions) {
    this.#options = options
    this.#view = new AccountView(options.ledger)
    this.#longestMs = Math.max(0, ...options.ledger.windows.map(({ windowMs }) => windowMs))
    this.#keptMs = Math.max(60_000, 3 * this.#longestMs)
  }

  /** The account's, as far as it was read; its moments are the store's. */
  get ledger(): Ledger {
    return this.#view.ledger
  }

  /** This process sends the request whose place it has got. */
  sent(id: string): void {
    this.#inFlight.add(id)
  }

  answered(id: string, at: number, told: Told): void {
    this.#reports.push((time) => ({ type: 'answered', id, at: time.notAfter(at), told }))
  }

  released(id: string, at: number): void {
    this.#inFlight.delete(id)
    this.#reports.push((time) => ({ type: 'released', id, at: time.notAfter(at) }))
  }

  /** Whether a request may leave without the store, which is away. */
  mayLeaveAlone(now: number): boolean {
    return this.#state === 'away' && now >= this.#silentUntil && this.#options.part.ledger.opening(now) <= now
  }

  /** @returns the name of the request */
  leaveAlone(now: number): string {
    const [{ member }, id] = [this.#options, this.#newRequest()]
    this.#reports.push((time) => ({ type: 'sent', id, member, at: time.notBefore(now) }))
    return id
  }

  /** The earliest moment for one more request. */
  opening(now: number): number {
    if (this.#state === 'away') return Math.max(this.#silentUntil, this.#options.part.ledger.opening(now))
    return this.#time.here(this.ledger.opening(this.#time.notBefore(now)))
  }

  /** How much longer nothing may leave, because a 429 has said so. */
  closedMs(now: number): number {
    if (this.#state === 'away') return this.#options.part.ledger.closedMs(now)
    return this.ledger.closedMs(this.#time.notBefore(now))
  }

  estimate(now: number, calls: number): number {
    if (this.#state !== 'away') return this.#time.here(this.ledger.estimate(this.#time.notBefore(now), calls))
    // Before the first exchange nothing is known.
    const from = this.#silentUntil === Infinity ? now : this.#silentUntil
    return Math.max(from, this.#options.part.ledger.estimate(now, calls))
  }

  snapshot(now: number): Omit<LimiterSnapshot, 'queued'> & StoreSnapshot {
    const isAlone = this.#state === 'away'
    const ledger = isAlone ? this.#options.part.ledger : this.ledger
    return {
      windows: ledger.snapshot(isAlone ? now : this.#time.notBefore(now)),
      inFlight: this.#inFlight.size,
      maxInFlight: ledger.maxInFlight,
      store: this.#state,
      storeFailure: isAlone ? this.#failure : undefined,
    }
  }

  /** Whether there is something to tell, to ask for, or to look for. */
  isDue(now: number, waiting: Waiting): boolean {
    if (this.#state === 'away') return now >= this.nextLook(now, waiting) && now >= this.#exchangedAt + RETRY_MS
    return this.#reports.length > 0 || this.#places(now, waiting) > 0 || now >= this.nextLook(now, waiting)
  }

  /** The next moment at which `isDue`, if nothing happens before. */
  nextLook(now: number, { all }: Waiting): number {
    const isIdle = all === 0 && this.#inFlight.size === 0
    if (this.#state === 'away') {
      // What is left to tell is told when the next call comes: it does not keep a process alive.
      if (isIdle) return Infinity
      const retryAt = this.#exchangedAt + RETRY_MS
      return all > 0 ? Math.min(retryAt, Math.max(now, this.opening(now))) : retryAt
    }
    if (isIdle) return this.#told.isWaiting ? now : Infinity
    if (all === 0) return this.#told.at + HEARTBEAT_MS
    const opening = this.opening(now)
    const isSoon = opening === Infinity || this.#roomSince !== undefined
    const pace = isSoon ? 'soon' : opening > now + HEARTBEAT_MS ? 'late' : 'later'
    const graceEnds = this.#roomSince === undefined ? Infinity : this.#roomSince + GRACE_MS
    return Math.min(this.#exchangedAt + LOOK_MS[pace], opening > now ? opening : Infinity, graceEnds)
  }

  /** Whether the store has been told everything, or does not answer. */
  get isTold(): boolean {
    return this.#state === 'away' || this.#reports.length === 0
  }

  /** Tells, asks and reads, once. @returns the places that were given */
  async exchange(waiting: Waiting): Promise<readonly string[]> {
    const { store, clock, member } = this.#options
    const startedAt = clock.now()
    const asked = Array.from({ length: this.#places(startedAt, waiting) }, () => this.#newRequest())
    if (startedAt >= this.#told.at + HEARTBEAT_MS || waiting.all > 0 !== this.#told.isWaiting) {
      this.#told = { at: startedAt, isWaiting: waiting.all > 0 }
      this.#reports.push(() => this.#alive(waiting.all))
    }
    // Moments can be told once it is known what the store's clock shows.
    const reports = this.#time.isKnown ? this.#reports : []
    if (this.#time.isKnown) this.#reports = []
    const claim: Claim | undefined =
      asked.length === 0
        ? undefined
        : {
            notBeforeMs: this.#time.notBefore(startedAt),
            entries: [
              ...asked.map((id) => writeEvent({ type: 'sent', id, member })),
              writeEvent(this.#alive(waiting.all - asked.length)),
            ],
          }
    try {
      const told = reports.map((report) => writeEvent(report(this.#time)))
      const exchanged = await this.#within(
        store.exchange({ cursor: this.#cursor, reports: told, claim, keptMs: this.#keptMs }),
      )
      this.#arrive(exchanged, startedAt, asked)
      return exchanged.isClaimed ? asked : []
    } catch (error) {
      this.#failure = error
      // Whether it was written is not known; to tell it twice is harmless.
      this.#reports.unshift(...reports)
      this.#leave(clock.now())
      return []
    } finally {
      this.#exchangedAt = clock.now()
    }
  }

  #newRequest(): string {
    this.#requests += 1
    return `${this.#options.member}:${this.#requests}`
  }

  #alive(waiting: number): LogEvent {
    return { type: 'alive', member: this.#options.member, waiting: Math.max(0, waiting), inFlight: [...this.#inFlight] }
  }

  /** Places that may be asked for. */
  #places(now: number, { ready }: Waiting): number {
    if (this.#state === 'away' || ready === 0) return 0
    const { member, part } = this.#options
    const there = this.#time.notBefore(now)
    const isReturning = now < this.#returningUntil
    const room = Math.min(this.ledger.room(there), isReturning ? part.ledger.room(now) : Infinity)
    const own = { member, waiting: ready, served: this.#view.servedTo(member) }
    const fair = fairShare(member, [...this.#view.contestants(there, member), own], room)
    if (room === 0 || fair > 0) this.#roomSince = undefined
    else this.#roomSince ??= now
    const isUnwanted = this.#roomSince !== undefined && now >= this.#roomSince + GRACE_MS
    return isUnwanted ? Math.min(room, ready) : fair
  }

  /** Takes in what the store has answered. */
  #arrive(exchanged: Exchanged, startedAt: number, asked: readonly string[]): void {
    const now = this.#options.clock.now()
    if (this.#time.learn(exchanged, startedAt, now)) this.#reports.push(() => ({ type: 'clock-jumped' }))
    const before = this.#view
    if (exchanged.isAnew) this.#view = new AccountView(this.#options.ledger)
    for (const entry of exchanged.entries) this.#view.apply(entry)
    // Asked for when the store did not answer, or ended before the log had it: it would be in flight for ever.
    for (const id of this.#view.inFlightOf(this.#options.member)) {
      if (!this.#inFlight.has(id) && !asked.includes(id)) this.released(id, now)
    }
    this.#view.tidy(exchanged.nowMs)
    this.#cursor = exchanged.cursor
    // A log that nobody has written for so long was dropped, and nothing in it mattered any more.
    const isLost = exchanged.isAnew && startedAt - this.#exchangedAt < this.#keptMs
    if (isLost) {
      // The store has lost what everybody knew, and everybody else is about to find out.
      this.#reports.unshift(...before.knownBeyond(this.#view).map((event) => () => event))
      this.#returningUntil = Math.max(this.#returningUntil, this.#time.here(exchanged.begunAtMs) + this.#longestMs)
    } else if (this.#silentUntil !== Infinity) {
      this.#returningUntil = Math.max(this.#returningUntil, now + RETURN_MS)
    }
    this.#silentUntil = Infinity
    this.#state = now < this.#returningUntil ? 'returning' : 'shared'
  }

  /** The store does not answer. */
  #leave(now: number): void {
    if (this.#silentUntil === Infinity) {
      const there = this.#time.notBefore(now)
      const quietMs = this.ledger.quietAt(there) - there + LONGEST_TRIP_MS
      // Before the first exchange nothing is known of anybody.
      this.#silentUntil = this.#time.isKnown ? now + quietMs : now
    }
    this.#state = 'away'
  }

  /** Fails when the store does not answer in time. */
  #within<Value>(work: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const limit = this.#options.clock.setTimer(() => reject(new Error('The store does not answer')), PATIENCE_MS)
      void work.then(resolve, reject).finally(() => limit.cancel())
    })
  }
}
