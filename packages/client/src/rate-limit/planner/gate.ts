import type { Sent } from './window-count.ts'

/** The wait after a 429 that names none: it doubles with each in a row. */
const SHORTEST_MS = 1_000
const LONGEST_MS = 60_000
/** Others come back from a short wait at the same moment, so each adds up to a second of its own. */
const SHORT_WAIT_MS = 1_500
/** The request that goes first is waited for so long: its caller may have ended. */
const FIRST_MS = 5_000
/** In this time without a 429 the pace grows by one. */
const GROWTH_MS = 8_000

/**
 * What a 429 does to every request: nothing leaves until its wait is over, then one request goes first, and the rest
 * follow when it was accepted. Our pace in the shortest window halves, and recovers by one request at a time.
 */
export class Gate {
  readonly #random: () => number
  #closedUntil = -Infinity
  #isHalfOpen = false
  #first: Sent | undefined
  #unnamed = 0
  #pace = Infinity
  #refusedAt = -Infinity

  constructor(random: () => number) {
    this.#random = random
  }

  /** The earliest moment from `now` on for one more request, if the first one is not answered before. */
  opening(now: number): number {
    const first = this.#isHalfOpen ? this.#first : undefined
    return Math.max(now, this.#closedUntil, first ? first.sentAt + FIRST_MS : now)
  }

  closedMs(now: number): number {
    return Math.max(0, this.#closedUntil - now)
  }

  /** Requests of ours in the shortest window at most. */
  paceAt(now: number): number {
    return this.#pace + Math.floor((now - this.#refusedAt) / GROWTH_MS)
  }

  send(sent: Sent): void {
    if (this.#isHalfOpen) this.#first = sent
  }

  accepted(sent: Sent): void {
    this.#unnamed = 0
    if (sent === this.#first) this.#isHalfOpen = false
    this.ended(sent)
  }

  /** @param limit of the shortest window */
  refused(sent: Sent, waitMs: number | undefined, limit: number): void {
    const at = sent.answeredAt
    const namedMs = waitMs ?? Math.min(LONGEST_MS, SHORTEST_MS * 2 ** this.#unnamed++)
    // What was sent before the last refusal tells nothing new.
    if (sent.sentAt > this.#refusedAt) this.#pace = Math.max(1, Math.floor(Math.min(limit, this.paceAt(at)) / 2))
    this.#refusedAt = at
    this.close(at + namedMs + (namedMs <= SHORT_WAIT_MS ? this.#random() * 1_000 : 0))
    this.#isHalfOpen = true
    this.ended(sent)
  }

  /** Nothing leaves before a moment. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until)
  }

  /** The request is over, whether it was answered or not. */
  ended(sent: Sent): void {
    if (sent === this.#first) this.#first = undefined
  }
}
