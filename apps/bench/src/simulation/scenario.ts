import type { WindowSpec } from '@hood-exports/client/rate-limit'
import type { FixedWindowServerOptions } from '@hood-exports/client/testing'
import { draw } from '../random.ts'
import type { Lie } from './false-headers.ts'
import type { Latency } from './latency.ts'
import type { Strangers } from './strangers.ts'
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
  /** The windows of the server, which no client is told. Default: those of the documented tier. */
  readonly windows?: readonly WindowSpec[] | undefined
  /** Milliseconds from the arrival of a request until its answer leaves. Default 0. */
  readonly serviceMs?: number | undefined
  /** Requests in flight that the server allows. */
  readonly parallel?: number | undefined
  /** Processes that the calls of a burst are dealt out to in turn. Default 1. */
  readonly processes?: number | undefined
  /** Requests of an earlier run that began 15 s before the first call: ten a second. Default 0. */
  readonly usedBefore?: number | undefined
  /** Requests of others on the same account. */
  readonly strangers?: Strangers | undefined
  /** What is wrong with the headers. */
  readonly lie?: Lie | undefined
  /** Until this moment every request is refused, in milliseconds after the first call. Default 0. */
  readonly closedUntilMs?: number | undefined
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

/** When the requests of an earlier run arrived, in milliseconds before the first call and so below 0. */
export function arrivalsBefore({ usedBefore = 0 }: Pick<Scenario, 'usedBefore'>): number[] {
  return Array.from({ length: usedBefore }, (_, request) => -15_000 + Math.floor(request / 10) * 1000)
}
