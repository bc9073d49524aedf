import type { FixedWindowServerOptions } from '@hood-exports/client/testing'
import { draw } from '../random.ts'
import type { Latency } from './latency.ts'
import type { Workload } from './workload.ts'

/** What the headers describe. */
export type Described = NonNullable<FixedWindowServerOptions['described']>

/** A world, but for the phase of its windows and its chance. */
export interface Scenario {
  readonly workload: Workload
  readonly latency: Latency
  readonly described: Described
  /** When windows start. */
  readonly start: 'clock' | 'first-request'
  /** Requests in flight that the server allows. */
  readonly parallel?: number | undefined
  /** Processes that the calls are dealt out to in turn. Default 1. */
  readonly processes?: number | undefined
  /** Requests of others on the same account. */
  readonly foreign?: { readonly perSecond: number; readonly kind: 'regular' | 'poisson' } | undefined
}

/** One of its runs. */
export interface Chance {
  /** Where windows on the clock begin, in whole milliseconds after the first call. */
  readonly phaseMs: number
  readonly seed: number
  /** How the seconds of `X-RateLimit-Reset` are rounded. */
  readonly rounding: NonNullable<FixedWindowServerOptions['rounding']>
}

const ROUNDINGS = ['up', 'down', 'nearest'] as const

/** The runs of a scenario: with each seed, the phases spread over a minute, each at a random place of its share. */
export function chances({ phases, seeds }: { readonly phases: number; readonly seeds: number }): Chance[] {
  return Array.from({ length: phases * seeds }, (_, run) => {
    const [phase, seed] = [run % phases, Math.floor(run / phases)]
    return {
      phaseMs: Math.floor(((phase + draw(run, seed)) / phases) * 60_000),
      seed: run + 1,
      rounding: ROUNDINGS[(phase + seed) % ROUNDINGS.length] as Chance['rounding'],
    }
  })
}
