import type { ExchangeRequest } from './store.ts'
import { narrowed } from './window-end.ts'
import type { WindowEnd } from './window-end.ts'

type Reports = Pick<ExchangeRequest, 'arrived' | 'freed' | 'told' | 'closeMs'>

/** An exchange may take so long to reach the store. The end of a window is told as so much earlier. */
const EXCHANGE_MS = 250

/** The places of this process, and what the store has not been told of them. Moments are on this process's clock. */
export class OwnPlaces {
  /** Since when there is something to tell; `Infinity`: there is nothing. */
  since: number = Infinity
  /** When requests arrived at the latest. Oldest first, for as long as a window counts them. */
  readonly #arrivedBy = new Map<string, number>()
  #waiting = nothing()
  /** What the exchange that is under way tells. */
  #telling = nothing()

  /** A request leaves; the store knows of it. */
  left(id: string, arrivesBy: number): void {
    this.#arrivedBy.set(id, arrivesBy)
  }

  /** A request has arrived, or has left without the store. */
  arrived(id: string, arrivedBy: number, now: number): void {
    this.left(id, arrivedBy)
    this.#waiting.arrived.add(id)
    this.since = Math.min(this.since, now)
  }

  /** It was refused, or never sent. */
  freed(id: string, now: number): void {
    this.#arrivedBy.delete(id)
    this.#waiting.freed.add(id)
    this.since = Math.min(this.since, now)
  }

  closed(until: number): void {
    this.#waiting.closedUntil = Math.max(this.#waiting.closedUntil, until)
  }

  told(name: string, told: Told): void {
    const known = this.#waiting.told.get(name)
    this.#waiting.told.set(name, { ...told, end: told.end ? narrowed(known?.end, told.end) : known?.end })
  }

  /** The store has lost places. */
  tellAgain(now: number): void {
    for (const [id, moment] of this.#arrivedBy) this.arrived(id, moment, now)
  }

  /** What waits to be told, for an exchange that begins now. */
  report(now: number, longestMs: number): Reports {
    for (const [id, moment] of this.#arrivedBy) {
      if (moment > now - longestMs) break
      this.#arrivedBy.delete(id)
    }
    this.#telling = this.#waiting
    this.#waiting = nothing()
    this.since = Infinity
    const { arrived, freed, told, closedUntil } = this.#telling
    return {
      arrived: [...arrived].flatMap((id) => {
        const moment = this.#arrivedBy.get(id)
        return moment === undefined ? [] : { id, msAgo: now - moment }
      }),
      freed: [...freed],
      told: [...told].map(([name, { limit, remaining, sentAt, end }]) => ({
        name,
        limit,
        remaining,
        sentMsAgo: now - sentAt,
        endsIn: end && { earliestMs: end.earliest - now - EXCHANGE_MS, latestMs: end.latest - now },
      })),
      closeMs: Math.max(0, closedUntil - now),
    }
  }

  /** The exchange has failed: what others have to know is told again, and what was asked for is given back. */
  failed(want: readonly string[], now: number): void {
    const { arrived, freed, closedUntil } = this.#telling
    for (const id of arrived) {
      const moment = this.#arrivedBy.get(id)
      if (moment !== undefined) this.arrived(id, moment, now)
    }
    for (const id of [...freed, ...want]) this.freed(id, now)
    this.closed(closedUntil)
  }
}

/** What an answer said of a window. */
interface Told {
  readonly limit: number
  readonly remaining: number
  readonly sentAt: number
  readonly end: WindowEnd | undefined
}

function nothing(): { arrived: Set<string>; freed: Set<string>; told: Map<string, Told>; closedUntil: number } {
  return { arrived: new Set(), freed: new Set(), told: new Map(), closedUntil: -Infinity }
}
