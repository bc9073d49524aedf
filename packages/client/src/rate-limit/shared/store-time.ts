import type { Exchanged } from './store.ts'

/** With the two clocks further apart than this from what they were, the store's has been set. */
const JUMP_MS = 500

/**
 * The store's clock, seen from here. The store has read it at some moment between the beginning and the end of an
 * exchange, so each moment of ours lies between two of its.
 */
export class StoreTime {
  #nowMs = 0
  #startedAt = 0
  #endedAt = 0
  #isKnown = false

  /** Whether the store has ever answered. */
  get isKnown(): boolean {
    return this.#isKnown
  }

  /** @returns whether the store's clock has been set since the exchange before */
  learn({ nowMs }: Pick<Exchanged, 'nowMs'>, startedAt: number, endedAt: number): boolean {
    const hasJumped =
      this.#isKnown && (nowMs < this.notBefore(startedAt) - JUMP_MS || nowMs > this.notAfter(endedAt) + JUMP_MS)
    this.#nowMs = nowMs
    this.#startedAt = startedAt
    this.#endedAt = endedAt
    this.#isKnown = true
    return hasJumped
  }

  /** The earliest that the store's clock may show at `here`. */
  notBefore(here: number): number {
    return this.#nowMs + (here - this.#endedAt)
  }

  /** The latest. */
  notAfter(here: number): number {
    return this.#nowMs + (here - this.#startedAt)
  }

  /** The moment here at which the store's clock shows `there` for certain. */
  here(there: number): number {
    return this.#endedAt + (there - this.#nowMs)
  }
}
