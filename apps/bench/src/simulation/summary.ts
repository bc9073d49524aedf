import { median } from '../statistics.ts'
import type { Outcome } from './run.ts'

/** Over all runs of a row. */
export type Spread = readonly [median: number, worst: number]

/** A row, summed up over its runs. */
export interface Summary {
  readonly runs: number
  /** Makespan over the optimum's. */
  readonly ratio: Spread
  /** One of each run, in no order. */
  readonly ratios: readonly number[]
  readonly bestRatio: number
  /** Makespan beyond the optimum's, in seconds. */
  readonly beyondS: Spread
  readonly waitS: Spread
  readonly optimalWaitS: number
  readonly lightWaitS: Spread
  readonly refused: Spread
  readonly refusedPer1000: number
  /** The share of all requests of all runs. */
  readonly refusedShare: number
  readonly strangersRefused: Spread
  readonly jain: Spread
  /** In all runs. */
  readonly outOfOrder: number
}

export function summarize(outcomes: readonly Outcome[]): Summary {
  const spread = (pick: (outcome: Outcome) => number): Spread => {
    const values = outcomes.map((outcome) => pick(outcome))
    return [median(values), Math.max(...values)]
  }
  const sum = (pick: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + pick(each), 0)
  const ratios = outcomes.map(({ makespanMs, optimalMakespanMs }) => makespanMs / optimalMakespanMs)
  const jains = outcomes.map(({ jain }) => jain)
  return {
    runs: outcomes.length,
    ratio: [median(ratios), Math.max(...ratios)],
    ratios,
    bestRatio: Math.min(...ratios),
    beyondS: spread(({ makespanMs, optimalMakespanMs }) => (makespanMs - optimalMakespanMs) / 1000),
    waitS: spread(({ meanWaitMs }) => meanWaitMs / 1000),
    optimalWaitS: median(outcomes.map(({ optimalWaitMs }) => optimalWaitMs / 1000)),
    lightWaitS: spread(({ lightWaitMs }) => lightWaitMs / 1000),
    refused: spread(({ refused }) => refused),
    refusedPer1000: median(outcomes.map(({ refused, calls }) => (refused / calls) * 1000)),
    refusedShare: sum(({ refused }) => refused) / sum(({ sent }) => sent),
    strangersRefused: spread(({ strangersRefused }) => strangersRefused),
    jain: [median(jains), Math.min(...jains)],
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
  }
}
