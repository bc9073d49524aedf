import { median, quantile } from '../statistics.ts'
import type { Outcome } from './run.ts'

/** What a row must reach; what is left out is not asked for. Every bound is inclusive. */
export interface Bar {
  /** Of makespan over the optimum's, over all runs. */
  readonly medianRatio?: number
  readonly worstRatio?: number
  /** Of the mean wait of a run, in seconds. */
  readonly medianWaitS?: number
  /** 429s in the worst run. */
  readonly worstRefused?: number
  /** 429s in 1,000 calls, median over all runs. */
  readonly medianRefusedPer1000?: number
  /** Of all requests of all runs, the share that met a 429. */
  readonly refusedShare?: number
  /** Of the requests of others, the share that was refused, median over all runs. */
  readonly medianForeignRefused?: number
  /** Jain's index of the shares of the processes, in the worst run; this bound is from below. */
  readonly worstJain?: number
}

/** A row, summed up over its runs. */
export interface Summary {
  readonly runs: number
  readonly ratio: readonly [median: number, worst: number]
  /** Of each run, in no order. */
  readonly ratios: readonly number[]
  readonly waitS: readonly [median: number, worst: number]
  readonly optimalWaitS: number
  readonly refused: readonly [median: number, worst: number]
  readonly refusedPer1000: number
  readonly refusedShare: number
  readonly foreignRefused: readonly [median: number, worst: number]
  readonly bestRatio: number
  readonly jain: readonly [median: number, worst: number]
}

export function summarize(outcomes: readonly Outcome[]): Summary {
  const spread = (values: readonly number[]): readonly [number, number] => [median(values), Math.max(...values)]
  const sum = (pick: (outcome: Outcome) => number): number => outcomes.reduce((total, each) => total + pick(each), 0)
  return {
    runs: outcomes.length,
    ratio: spread(outcomes.map(({ ratio }) => ratio)),
    ratios: outcomes.map(({ ratio }) => ratio),
    waitS: spread(outcomes.map(({ meanWaitMs }) => meanWaitMs / 1000)),
    optimalWaitS: median(outcomes.map(({ optimalWaitMs }) => optimalWaitMs / 1000)),
    refused: spread(outcomes.map(({ refused }) => refused)),
    refusedPer1000: median(outcomes.map(({ refused, calls }) => (refused / calls) * 1000)),
    refusedShare: sum(({ refused }) => refused) / sum(({ sent }) => sent),
    foreignRefused: spread(outcomes.map(({ foreignRefused }) => foreignRefused)),
    jain: [median(outcomes.map(({ jain }) => jain)), Math.min(...outcomes.map(({ jain }) => jain))],
    bestRatio: quantile(
      outcomes.map(({ ratio }) => ratio),
      0,
    ),
  }
}

/** The parts of a bar that were missed, in words; none when it was met. */
export function missed(bar: Bar, summary: Summary): string[] {
  const parts: [string, number, number | undefined][] = [
    ['median ratio', summary.ratio[0], bar.medianRatio],
    [worstRatioOf(bar, summary), summary.ratio[1], bar.worstRatio],
    ['mean wait in s', summary.waitS[0], bar.medianWaitS],
    ['429s in the worst run', summary.refused[1], bar.worstRefused],
    ['429s in 1,000 calls', summary.refusedPer1000, bar.medianRefusedPer1000],
    ['share of requests with a 429', summary.refusedShare, bar.refusedShare],
    ['share of others refused', summary.foreignRefused[0], bar.medianForeignRefused],
  ]
  const missedAbove = parts.flatMap(([what, value, bound]) =>
    bound === undefined || round(value) <= bound ? [] : [`${what} ${round(value)} > ${bound}`],
  )
  const { worstJain = 0 } = bar
  return summary.jain[1] >= worstJain
    ? missedAbove
    : [...missedAbove, `Jain's index ${round(summary.jain[1])} < ${worstJain}`]
}

/** How many runs are beyond it: one phase in a hundred is another thing than every second one. */
function worstRatioOf({ worstRatio = Infinity }: Bar, { ratios, runs }: Summary): string {
  return `in ${ratios.filter((ratio) => round(ratio) > worstRatio).length} of ${runs} runs a ratio, at worst`
}

/** A bar has at most three digits after the point, so a fourth decides. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

export function barInWords(bar: Bar): string {
  const { medianRatio, worstRatio, medianWaitS, worstRefused, medianRefusedPer1000, refusedShare } = bar
  const ratios = [medianRatio, worstRatio].map((value) => (value === undefined ? '' : `≤ ${value}`))
  return [
    medianRatio !== undefined || worstRatio !== undefined ? ratios.join(' … ').trim() : '',
    medianWaitS !== undefined ? `≤ ${medianWaitS} s` : '',
    worstRefused !== undefined ? `≤ ${worstRefused} × 429` : '',
    medianRefusedPer1000 !== undefined ? `≤ ${medianRefusedPer1000} × 429 / 1,000` : '',
    refusedShare !== undefined ? `≤ ${refusedShare * 100} % 429` : '',
    bar.worstJain !== undefined ? `Jain ≥ ${bar.worstJain}` : '',
    bar.medianForeignRefused !== undefined ? `others ≤ ${bar.medianForeignRefused * 100} %` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
}
