import { Ledger } from '../ledger.ts'
import type { LedgerOptions, Sending, Told } from '../ledger.ts'
import type { WindowSpec } from '../window.ts'

/**
 * The part of the quota that is this process's alone, for when nothing is heard of the others. Moments are on this
 * process's clock.
 */
export class OwnPart {
  readonly ledger: Ledger

  /** @param processes that the quota is divided among, a whole number from 1 */
  constructor(whole: LedgerOptions, processes: number) {
    const { windows, maxInFlight } = whole
    this.ledger = new Ledger({
      ...whole,
      windows: windows.map((window) => partOf(window, processes)),
      maxInFlight: maxInFlight === undefined ? undefined : Math.max(1, Math.floor(maxInFlight / processes)),
    })
  }

  send(now: number): Sending {
    return this.ledger.send(now)
  }

  /** What the headers count is the account's, so only a refusal is taken in. */
  answered(sending: Sending, at: number, told: Told): void {
    this.ledger.answered(sending, at, { ...told, quota: { kind: 'absent' } })
  }

  release(sending: Sending, at: number): void {
    this.ledger.release(sending, at)
  }
}

/** With fewer places than processes, each has one place in a longer window. */
function partOf({ name, limit, windowMs }: WindowSpec, processes: number): WindowSpec {
  const places = Math.floor(limit / processes)
  if (places > 0) return { name, limit: places, windowMs }
  return { name, limit: 1, windowMs: windowMs * Math.ceil(processes / limit) }
}
