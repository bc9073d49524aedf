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
    what: 'worst seconds beyond',
    value: ({ beyondS }) => beyondS[1],
    inWords: (bound) => `optimum + ${bound} s`,
  },
  medianWaitS: {
    what: 'mean wait in s',
    value: ({ waitS }) => waitS[0],
    inWords: (bound) => `≤ ${bound} s`,
  },
  medianLightWaitS: {
    what: 'wait of the light one',
    value: ({ lightWaitS }) => lightWaitS[0],
    inWords: (bound) => `light ≤ ${bound} s`,
  },
  worstRefused: {
    what: 'worst 429s',
    value: ({ refused }) => refused[1],
    inWords: (bound) => `≤ ${bound} × 429`,
  },
  medianRefusedPer1000: {
    what: '429s in 1,000',
    value: ({ refusedPer1000 }) => refusedPer1000,
    inWords: (bound) => `≤ ${bound} × 429 / 1,000`,
  },
  refusedShare: {
    what: 'share of 429s',
    value: ({ refusedShare }) => refusedShare,
    inWords: (bound) => `≤ ${bound * 100} % 429`,
  },
  medianStrangersRefused: {
    what: 'strangers refused',
    value: ({ strangersRefused }) => strangersRefused[0],
    inWords: (bound) => `strangers ≤ ${bound * 100} %`,
  },
  worstJain: {
    what: "worst Jain's index",
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

/** A part of a bar that was missed. */
export interface Miss {
  readonly what: string
  readonly detail: string
}

/** Every row must also keep the order of its calls. */
export function missesOf(bar: Bar, summary: Summary): Miss[] {
  const parts = measuresOf(bar).flatMap(({ key, what, value, bound }) => {
    const reached = round(value(summary))
    const isMet = key === 'worstJain' ? reached >= bound : reached <= bound
    if (isMet) return []
    return [{ what, detail: `${reached} ${key === 'worstJain' ? '<' : '>'} ${bound}${howOften(key, bound, summary)}` }]
  })
  return summary.outOfOrder === 0 ? parts : [...parts, { what: 'order', detail: `${summary.outOfOrder} calls` }]
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
