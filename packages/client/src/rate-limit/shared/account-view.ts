import { Ledger } from '../ledger.ts'
import type { LedgerOptions, Sending } from '../ledger.ts'
import type { Contestant } from './fair-share.ts'
import { readEvent } from './log-event.ts'
import type { LogEvent } from './log-event.ts'
import type { LogEntry } from './store.ts'

/** A process that says nothing for so long is taken for dead, and what it had in flight for ended. */
const LAPSE_MS = 10_000

interface Member {
  seenAt: number
  waiting: number
  /** When each of its requests left, of the last window. */
  sentAt: number[]
}

interface Request {
  readonly member: string
  sending: Sending
  isAnswered: boolean
}

/** The account as the log tells it: everybody who has read as far sees the same. All moments are the store's. */
export class AccountView {
  readonly #options: LedgerOptions
  readonly #longestMs: number
  #ledger: Ledger
  readonly #members = new Map<string, Member>()
  readonly #requests = new Map<string, Request>()
  /** What was read, as long as a window can ask for it; to write it again when the store has lost it. */
  #history: LogEntry[] = []

  constructor(options: LedgerOptions) {
    this.#options = options
    this.#ledger = new Ledger(options)
    this.#longestMs = Math.max(0, ...options.windows.map(({ windowMs }) => windowMs))
  }

  get ledger(): Ledger {
    return this.#ledger
  }

  apply(entry: LogEntry): void {
    const event = readEvent(entry.text)
    if (event) this.#take(event, entry.atMs)
    this.#history.push(entry)
  }

  /** Requests of a process that have not ended, as far as the log tells. */
  inFlightOf(member: string): string[] {
    return [...this.#requests]
      .filter(([, request]) => request.member === member && !request.sending.isReleased)
      .map(([id]) => id)
  }

  /** Ends what dead processes have left, and forgets what cannot matter any more. */
  tidy(now: number): void {
    for (const [id, { member, sending }] of this.#requests) {
      const seenAt = this.#members.get(member)?.seenAt ?? sending.sent.sentAt
      if (!sending.isReleased && now - seenAt > LAPSE_MS) this.#ledger.release(sending, seenAt + LAPSE_MS)
      if (sending.isReleased && sending.sent.answeredAt < now - 2 * this.#longestMs) this.#requests.delete(id)
    }
    for (const [name, member] of this.#members) {
      member.sentAt = member.sentAt.filter((at) => at > now - this.#longestMs)
      if (member.seenAt < now - 2 * this.#longestMs) this.#members.delete(name)
    }
    const kept = this.#history.findIndex(({ atMs }) => atMs > now - 2 * this.#longestMs)
    if (kept > 0) this.#history = this.#history.slice(kept)
  }

  /** Those who live and wait, without `except`. */
  contestants(now: number, except: string): Contestant[] {
    return [...this.#members]
      .filter(([name, { seenAt, waiting }]) => name !== except && waiting > 0 && now - seenAt <= LAPSE_MS)
      .map(([member, { waiting, sentAt }]) => ({ member, waiting, served: sentAt.length }))
  }

  /** Places that a process has had in the last window. */
  servedTo(member: string): number {
    return this.#members.get(member)?.sentAt.length ?? 0
  }

  /** What this view knows of requests and the other does not, as events that can be told at any time. */
  knownBeyond(other: AccountView): LogEvent[] {
    return this.#history.flatMap(({ atMs, text }) => {
      const event = readEvent(text)
      if (event?.type === 'sent') return other.#requests.has(event.id) ? [] : { ...event, at: event.at ?? atMs }
      if (event?.type === 'answered') return other.#requests.get(event.id)?.isAnswered ? [] : event
      if (event?.type === 'released') return other.#requests.get(event.id)?.sending.isReleased ? [] : event
      return []
    })
  }

  #take(event: LogEvent, atMs: number): void {
    switch (event.type) {
      case 'sent':
        if (!this.#requests.has(event.id)) this.#meet(event.member, atMs).sentAt.push(event.at ?? atMs)
        return this.#send(event.id, event.member, event.at ?? atMs)
      case 'answered': {
        const request = this.#requests.get(event.id)
        if (!request || request.isAnswered) return undefined
        request.isAnswered = true
        this.#meet(request.member, atMs)
        return this.#ledger.answered(request.sending, event.at, event.told)
      }
      case 'released': {
        const request = this.#requests.get(event.id)
        return request && this.#ledger.release(request.sending, event.at)
      }
      case 'alive': {
        this.#meet(event.member, atMs).waiting = event.waiting
        // What is in flight for longer than the log goes back is told again and again.
        for (const id of event.inFlight) this.#send(id, event.member, atMs)
        return undefined
      }
      case 'clock-jumped':
        return this.#startAnew(atMs)
      default:
        return event satisfies never
    }
  }

  #send(id: string, member: string, at: number): void {
    if (!this.#requests.has(id)) {
      this.#requests.set(id, { member, sending: this.#ledger.send(at), isAnswered: false })
    }
  }

  #meet(name: string, at: number): Member {
    const member = this.#members.get(name) ?? { seenAt: at, waiting: 0, sentAt: [] }
    member.seenAt = at
    this.#members.set(name, member)
    return member
  }

  /** Moments from before the jump mean nothing: what was learnt is dropped, and all requests count as if sent now. */
  #startAnew(at: number): void {
    this.#ledger = new Ledger(this.#options)
    for (const request of this.#requests.values()) {
      const { isReleased } = request.sending
      request.sending = this.#ledger.send(at)
      if (isReleased) this.#ledger.release(request.sending, at)
    }
    for (const member of this.#members.values()) {
      member.seenAt = at
      member.sentAt = []
    }
  }
}
