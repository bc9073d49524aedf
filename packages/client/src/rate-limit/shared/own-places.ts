import type { EndRange } from '../planner/window-end.ts'
import type { ExchangeRequest } from './store.ts'

/** What an exchange tells. */
export type Reports = Pick<ExchangeRequest, 'arrived' | 'freed' | 'told' | 'closeMs'>

/** What an answer said of a window. */
interface Told {
  readonly limit: number
  readonly remaining: number
  readonly sentAt: number
  readonly end: EndRange | undefined
}

/** An exchange may take so long to reach the store. The end of a window is told as so much earlier. */
const EXCHANGE_MS = 250

/** The places of this process, and what the store has not been told of them. Moments are on this process's clock. */
export class OwnPlaces {
  /** Since when there is something to tell; `Infinity`: there is nothing. */
  since: number = Infinity
  /** When requests arrived at the latest. Oldest first, for as long as a window counts them. */
  readonly #arrivedBy = new Map<string, number>()
  readonly #untold = new Set<string>()
  readonly #freed = new Set<string>()
  readonly #told = new Map<string, Told>()
  #closedUntil = -Infinity

  /** A request leaves; the store knows of it. */
  left(id: string, arrivesBy: number): void {
    this.#arrivedBy.set(id, arrivesBy)
  }

  /** A request has arrived, or leaves without the store. */
  arrived(id: string, arrivedBy: number, now: number): void {
    this.#arrivedBy.set(id, arrivedBy)
    this.#untold.add(id)
    this.since = Math.min(this.since, now)
  }

  /** It was refused, or is not sent. */
  freed(id: string, now: number): void {
    this.#arrivedBy.delete(id)
    this.#freed.add(id)
    this.since = Math.min(this.since, now)
  }

  closed(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }

  told(name: string, told: Told): void {
    this.#told.set(name, told)
  }

  /** The store has lost places. */
  tellAgain(now: number): void {
    for (const [id, arrivedBy] of this.#arrivedBy) this.arrived(id, arrivedBy, now)
  }

  /** Takes what waits to be told, for an exchange that begins now. */
  report(now: number, longestMs: number): Reports {
    for (const [id, arrivedBy] of this.#arrivedBy) {
      if (arrivedBy > now - longestMs) break
      this.#arrivedBy.delete(id)
    }
    const reports = {
      arrived: [...this.#untold].flatMap((id) => {
        const arrivedBy = this.#arrivedBy.get(id)
        return arrivedBy === undefined ? [] : { id, msAgo: now - arrivedBy }
      }),
      freed: [...this.#freed],
      told: [...this.#told].map(([name, { limit, remaining, sentAt, end }]) => ({
        name,
        limit,
        remaining,
        sentMsAgo: now - sentAt,
        endsIn: end && { earliestMs: end.earliest - now - EXCHANGE_MS, latestMs: end.latest - now },
      })),
      closeMs: Math.max(0, this.#closedUntil - now),
    }
    for (const waiting of [this.#untold, this.#freed, this.#told]) waiting.clear()
    this.#closedUntil = -Infinity
    this.since = Infinity
    return reports
  }

  /** The exchange has failed: what others have to know is told again, and what was asked for is given back. */
  failed({ arrived, freed, closeMs }: Reports, want: readonly string[], now: number): void {
    for (const { id } of arrived) this.#untold.add(id)
    for (const id of [...freed, ...want]) this.freed(id, now)
    if (closeMs > 0) this.closed(now + closeMs)
    this.since = now
  }
}
