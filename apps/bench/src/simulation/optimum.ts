import type { WindowSpec } from '@hood-exports/client/rate-limit'
import type { Demand } from './workload.ts'

export interface OptimumOptions {
  readonly demand: Demand
  readonly windows: readonly WindowSpec[]
  readonly start: 'clock' | 'first-request'
  /** Where windows on the clock begin; the first call is asked for at 0. */
  readonly phaseMs: number
  /** How long call number so-and-so travels, and then its answer. */
  readonly latency: (call: number, way: 'there' | 'back') => number
}

export interface Optimum {
  /** From the first asking to the last answer. */
  readonly makespanMs: number
  /** From asking to leaving. */
  readonly meanWaitMs: number
}

/**
 * What somebody clairvoyant reaches, who knows the windows' phase and each latency, keeps the order of the calls, and
 * is never refused: each call arrives at the earliest moment at which every window has a place for it.
 */
export function optimum({ demand, windows, start, phaseMs, latency }: OptimumOptions): Optimum {
  const calls = demand.kind === 'at' ? demand.askedAt.length : demand.calls
  const accounts = windows.map((window) => (start === 'clock' ? onTheClock(window, phaseMs) : fromTheFirst(window)))
  let makespanMs = 0
  let waitedMs = 0
  let answeredAt = 0
  for (let call = 0; call < calls; call += 1) {
    const readyAt = demand.kind === 'at' ? (demand.askedAt[call] as number) : answeredAt
    const there = latency(call, 'there')
    let arrivesAt = readyAt + there
    for (;;) {
      const opensAt = Math.max(...accounts.map((account) => account.opensAt(arrivesAt)))
      if (opensAt <= arrivesAt) break
      arrivesAt = opensAt
    }
    for (const account of accounts) account.take(arrivesAt)
    waitedMs += arrivesAt - there - readyAt
    answeredAt = arrivesAt + latency(call, 'back')
    makespanMs = Math.max(makespanMs, answeredAt)
  }
  return { makespanMs, meanWaitMs: waitedMs / calls }
}

/** One window's places. */
interface Account {
  /** The earliest moment, from `at` on, with a place. */
  opensAt(at: number): number
  take(at: number): void
}

function onTheClock({ limit, windowMs }: WindowSpec, phaseMs: number): Account {
  const taken = new Map<number, number>()
  const indexOf = (at: number): number => Math.floor((at - phaseMs) / windowMs)
  return {
    opensAt(at) {
      let index = indexOf(at)
      while ((taken.get(index) ?? 0) >= limit) index += 1
      return Math.max(at, index * windowMs + phaseMs)
    },
    take(at) {
      taken.set(indexOf(at), (taken.get(indexOf(at)) ?? 0) + 1)
    },
  }
}

/** Its windows begin with the first arrival after the one before; it serves arrivals in the order of the calls. */
function fromTheFirst({ limit, windowMs }: WindowSpec): Account {
  let startedAt = -Infinity
  let count = 0
  let last = -Infinity
  return {
    opensAt(at) {
      const from = Math.max(at, last)
      return from < startedAt + windowMs && count >= limit ? startedAt + windowMs : from
    },
    take(at) {
      if (at >= startedAt + windowMs) {
        startedAt = at
        count = 0
      }
      count += 1
      last = at
    },
  }
}
