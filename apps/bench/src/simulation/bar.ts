import type { Summary } from './summary.ts'

/** What a row must reach; what is left out is not asked for. Every bound is inclusive. */
export interface Bar {
  /** Makespan over the optimum's, over all runs. */
  readonly medianRatio?: number
  readonly worstRatio?: number
  /** Makespan beyond the optimum's, in the worst run, in seconds. */
  readonly worstBeyondS?: number
  /** The mean wait of a run, in seconds. */
  readonly medianWaitS?: number
  /** The mean wait of the process with few calls, in seconds. */
  readonly medianLightWaitS?: number
  /** 429s in the worst run. */
  readonly worstRefused?: number
  /** 429s in 1,000 calls, median over all runs. */
  readonly medianRefusedPer1000?: number
  /** The share of all requests of all runs that met a 429. */
  readonly refusedShare?: number
  /** The share of the strangers' requests that was refused, median over all runs. */
  readonly medianStrangersRefused?: number
  /** Jain's index of the shares of the processes, in the worst run; this bound is from below. */
  readonly worstJain?: number
}

interface Measure {
  readonly what: string
  readonly value: (summary: Summary) => number
  readonly inWords: (bound: number) => string
}

const MEASURES: Readonly<Record<keyof Bar, Measure>> = {
  medianRatio: {
    what: 'median ratio',
    value: ({ ratio }) => ratio[0],
    inWords: (bound) => `median ≤ ${bound}`,
  },
  worstRatio: {
    what: 'worst ratio',
    value: ({ ratio }) => ratio[1],
    inWords: (bound) => `worst ≤ ${bound}`,
  },
  worstBeyondS: {
    what: 'seconds beyond the optimum in the worst run',
    value: ({ beyondS }) => beyondS[1],
    inWords: (bound) => `optimum + ${bound} s`,
  },
  medianWaitS: {
    what: 'mean wait in s',
    value: ({ waitS }) => waitS[0],
    inWords: (bound) => `≤ ${bound} s`,
  },
  medianLightWaitS: {
    what: 'mean wait of the light caller in s',
    value: ({ lightWaitS }) => lightWaitS[0],
    inWords: (bound) => `light ≤ ${bound} s`,
  },
  worstRefused: {
    what: '429s in the worst run',
    value: ({ refused }) => refused[1],
    inWords: (bound) => `≤ ${bound} × 429`,
  },
  medianRefusedPer1000: {
    what: '429s in 1,000 calls',
    value: ({ refusedPer1000 }) => refusedPer1000,
    inWords: (bound) => `≤ ${bound} × 429 / 1,000`,
  },
  refusedShare: {
    what: 'share of requests with a 429',
    value: ({ refusedShare }) => refusedShare,
    inWords: (bound) => `≤ ${bound * 100} % 429`,
  },
  medianStrangersRefused: {
    what: 'share of strangers refused',
    value: ({ strangersRefused }) => strangersRefused[0],
    inWords: (bound) => `strangers ≤ ${bound * 100} %`,
  },
  worstJain: {
    what: "Jain's index in the worst run",
    value: ({ jain }) => jain[1],
    inWords: (bound) => `Jain ≥ ${bound}`,
  },
}

function measuresOf(bar: Bar): (Measure & { readonly key: keyof Bar; readonly bound: number })[] {
  return (Object.keys(MEASURES) as (keyof Bar)[]).flatMap((key) => {
    const bound = bar[key]
    return bound === undefined ? [] : [{ ...MEASURES[key], key, bound }]
  })
}

/** The parts of a bar that were missed, in words; none when it was met. Every row must keep the order of its calls. */
export function missed(bar: Bar, summary: Summary): string[] {
  const parts = measuresOf(bar).flatMap(({ key, what, value, bound }) => {
    const reached = round(value(summary))
    const isMet = key === 'worstJain' ? reached >= bound : reached <= bound
    if (isMet) return []
    return [`${what} ${reached} ${key === 'worstJain' ? '<' : '>'} ${bound}${howOften(key, bound, summary)}`]
  })
  return summary.outOfOrder === 0 ? parts : [...parts, `${summary.outOfOrder} calls out of order`]
}

/** One phase in a hundred is another thing than every second one. */
function howOften(key: keyof Bar, bound: number, { ratios, runs }: Summary): string {
  if (key !== 'worstRatio') return ''
  return ` (in ${ratios.filter((ratio) => round(ratio) > bound).length} of ${runs} runs)`
}

/** A bar has at most three digits after the point, so a fourth decides. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}

export function barInWords(bar: Bar): string {
  return measuresOf(bar)
    .map(({ inWords, bound }) => inWords(bound))
    .join(', ')
}
