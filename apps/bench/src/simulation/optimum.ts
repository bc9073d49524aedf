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
  readonly serviceMs: number
  /** Requests at most between the sending of the first and the answer of the last of them. */
  readonly parallel: number | undefined
  /** When requests of an earlier run arrived, ascending. */
  readonly arrivalsBefore: readonly number[]
  /** Nothing is accepted that arrives before. */
  readonly closedUntilMs: number
}

export interface Optimum {
  /** From the first asking to the last answer. */
  readonly makespanMs: number
  /** From asking to leaving. */
  readonly meanWaitMs: number
}

/**
 * What a clairvoyant scheduler reaches that knows the windows' phase, each latency and the limit on parallel requests,
 * keeps the order of the calls, and is never refused: each call arrives at the earliest moment at which every window
 * has a place for it.
 */
export function optimum(options: OptimumOptions): Optimum {
  const { demand, windows, start, phaseMs, latency, serviceMs, parallel, arrivalsBefore, closedUntilMs } = options
  const calls = demand.kind === 'at' ? demand.calls.length : demand.calls
  const accounts = windows.map((window) => (start === 'clock' ? onTheClock(window, phaseMs) : fromTheFirst(window)))
  for (const at of arrivalsBefore) for (const account of accounts) account.take(at)
  /** When each of the parallel places is free again. */
  const places = parallel === undefined ? undefined : Array.from({ length: parallel }, () => 0)
  let makespanMs = 0
  let waitedMs = 0
  let answeredAt = 0
  for (let call = 0; call < calls; call += 1) {
    const askedAt = demand.kind === 'at' ? (demand.calls[call]?.askedAt as number) : answeredAt
    const place = places?.indexOf(Math.min(...places)) ?? 0
    const there = latency(call, 'there')
    let arrivesAt = Math.max(Math.max(askedAt, places?.[place] ?? 0) + there, closedUntilMs)
    for (;;) {
      const opensAt = Math.max(...accounts.map((account) => account.opensAt(arrivesAt)))
      if (opensAt <= arrivesAt) break
      arrivesAt = opensAt
    }
    for (const account of accounts) account.take(arrivesAt)
    waitedMs += arrivesAt - there - askedAt
    answeredAt = arrivesAt + serviceMs + latency(call, 'back')
    if (places) places[place] = answeredAt
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
