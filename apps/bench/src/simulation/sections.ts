import { PEERS } from '../contenders/index.ts'
import type { Bar } from './bar.ts'
import type { Described, Scenario } from './scenario.ts'

/** A contender in the section's world. */
export interface Row {
  readonly contender: string
  /** What the headers describe; the other libraries do not read them. */
  readonly described: Described
  readonly maxInFlight?: number | undefined
  readonly bar?: Bar | undefined
}

/** A table. */
export interface Section {
  readonly id: string
  readonly title: string
  /** What its columns show. */
  readonly shows: 'ratio' | 'wait' | 'processes' | 'foreign'
  readonly scenario: Omit<Scenario, 'described'>
  /** Whether a run takes a second of computing instead of some hundredths: then fewer are made. */
  readonly isSlow?: boolean
  readonly rows: readonly Row[]
}

const HEADERS: readonly Described[] = ['longest', 'fewer-left', 'tightest', 'none']

const BURST = { kind: 'burst', calls: 1_000 } as const
const PAGES = { kind: 'pages', calls: 400 } as const
const POISSON = { kind: 'poisson', calls: 1_000, perSecond: 2.2 } as const
const ON_OFF = { kind: 'on-off', bursts: 10, calls: 120, everyMs: 70_000 } as const

const UNIFORM = { latency: 'uniform', start: 'clock' } as const
const HEAVY = { latency: 'heavy-tailed', start: 'clock' } as const

const NEVER_BURST: Readonly<Record<Described, Bar>> = {
  longest: { medianRatio: 1.005, worstRatio: 1.01, worstRefused: 0 },
  'fewer-left': { medianRatio: 1.005, worstRatio: 1.145, worstRefused: 0 },
  tightest: { medianRatio: 1.056, worstRatio: 1.145, worstRefused: 0 },
  none: { medianRatio: 1.056, worstRatio: 1.145, worstRefused: 0 },
}
const ONCE_BURST: Bar = { medianRatio: 1.001, worstRatio: 1.007, worstRefused: 1 }
const NEVER_PAGES: Readonly<Record<Described, Bar>> = {
  longest: { medianRatio: 1.002, worstRatio: 1.54, worstRefused: 0 },
  'fewer-left': { worstRatio: 1.54, worstRefused: 0 },
  tightest: { worstRatio: 1.54, worstRefused: 0 },
  none: { worstRatio: 1.54, worstRefused: 0 },
}
const ONCE_PAGES: Bar = { medianRatio: 1.002, worstRatio: 1.02, worstRefused: 1 }

const peers: readonly Row[] = PEERS.map(({ name }) => ({ contender: name, described: 'longest' }))

function never(bars?: (described: Described) => Bar): Row[] {
  return HEADERS.map((described) => ({ contender: 'ours', described, bar: bars?.(described) }))
}

function once(bar: Bar): Row[] {
  return HEADERS.map((described) => ({ contender: 'ours, one probe', described, bar }))
}

/** Of heavy-tailed latencies: ratios within 0.03 of the others', and at most one request in a thousand with a 429. */
function heavier({ medianRatio, worstRatio, medianWaitS }: Bar): Bar {
  const more = (value: number): number => Math.round((value + 0.03) * 1000) / 1000
  return {
    ...(medianRatio !== undefined && { medianRatio: more(medianRatio) }),
    ...(worstRatio !== undefined && { worstRatio: more(worstRatio) }),
    ...(medianWaitS !== undefined && { medianWaitS }),
    refusedShare: 0.001,
  }
}

const POISSON_BAR: Bar = { medianWaitS: 0.02, worstRefused: 0 }
const ON_OFF_BAR: Bar = { medianWaitS: 5.46, worstRefused: 0 }
const PROCESSES_BAR: Readonly<Record<Described, Bar>> = {
  longest: { medianRatio: 1.02, worstRefused: 0, worstJain: 0.98 },
  'fewer-left': { medianRatio: 1.02, worstRefused: 0, worstJain: 0.98 },
  tightest: { worstRefused: 0, worstJain: 0.98 },
  none: { worstRefused: 0, worstJain: 0.98 },
}
const FOREIGN_BAR: Bar = { medianRefusedPer1000: 5, medianForeignRefused: 0.2 }

/** Every table of the bench, in order. */
export const SECTIONS: readonly Section[] = [
  {
    id: 'burst',
    title: 'Burst of 1,000, latency 5–50 ms each way',
    shows: 'ratio',
    scenario: { workload: BURST, ...UNIFORM },
    rows: [...never((described) => NEVER_BURST[described]), ...once(ONCE_BURST), ...peers],
  },
  {
    id: 'burst-heavy',
    title: 'Burst of 1,000, heavy-tailed latency',
    shows: 'ratio',
    scenario: { workload: BURST, ...HEAVY },
    rows: [...never((described) => heavier(NEVER_BURST[described])), ...once(heavier(ONCE_BURST)), ...peers],
  },
  {
    id: 'burst-constant',
    title: 'Burst of 1,000, latency always 25 ms each way',
    shows: 'ratio',
    scenario: { workload: BURST, latency: 'constant', start: 'clock' },
    rows: [...never((described) => NEVER_BURST[described])],
  },
  {
    id: 'burst-first-request',
    title: 'Burst of 1,000, windows that start with the first request instead of on the clock',
    shows: 'ratio',
    scenario: { workload: BURST, latency: 'uniform', start: 'first-request' },
    rows: [...never(() => ({ worstRefused: 0 })), ...peers],
  },
  {
    id: 'pages',
    title: '400 pages, each after the one before, latency 5–50 ms each way',
    shows: 'ratio',
    scenario: { workload: PAGES, ...UNIFORM },
    rows: [...never((described) => NEVER_PAGES[described]), ...once(ONCE_PAGES), ...peers],
  },
  {
    id: 'pages-heavy',
    title: '400 pages, each after the one before, heavy-tailed latency',
    shows: 'ratio',
    scenario: { workload: PAGES, ...HEAVY },
    rows: [...never((described) => heavier(NEVER_PAGES[described])), ...once(heavier(ONCE_PAGES)), ...peers],
  },
  {
    id: 'poisson',
    title: '1,000 independent calls, 2.2 a second (88 % of the quota), latency 5–50 ms each way',
    shows: 'wait',
    scenario: { workload: POISSON, ...UNIFORM },
    rows: [...never(() => POISSON_BAR), ...peers],
  },
  {
    id: 'poisson-heavy',
    title: '1,000 independent calls, 2.2 a second, heavy-tailed latency',
    shows: 'wait',
    scenario: { workload: POISSON, ...HEAVY },
    rows: never(() => heavier(POISSON_BAR)),
  },
  {
    id: 'on-off',
    title: '120 at once, every 70 s, ten times, latency 5–50 ms each way',
    shows: 'wait',
    scenario: { workload: ON_OFF, ...UNIFORM },
    rows: [...never(() => ON_OFF_BAR), ...peers],
  },
  {
    id: 'on-off-heavy',
    title: '120 at once, every 70 s, ten times, heavy-tailed latency',
    shows: 'wait',
    scenario: { workload: ON_OFF, ...HEAVY },
    rows: never(() => heavier(ON_OFF_BAR)),
  },
  {
    id: 'processes',
    title: 'Burst of 1,000, dealt out to eight processes; ours share a store that is a millisecond away',
    shows: 'processes',
    scenario: { workload: BURST, ...UNIFORM, processes: 8 },
    isSlow: true,
    rows: [
      ...HEADERS.map((described) => ({ contender: 'ours, shared store', described, bar: PROCESSES_BAR[described] })),
      ...peers.filter(({ contender }) => !contender.startsWith('octokit')),
    ],
  },
  {
    id: 'foreign',
    title: 'Burst of 1,000, while somebody else sends one request every second',
    shows: 'foreign',
    scenario: { workload: BURST, ...UNIFORM, foreign: { perSecond: 1, kind: 'regular' } },
    rows: [...never(() => FOREIGN_BAR), ...peers],
  },
  {
    id: 'foreign-poisson',
    title: 'Burst of 1,000, while somebody else sends one request a second on average, at random',
    shows: 'foreign',
    scenario: { workload: BURST, ...UNIFORM, foreign: { perSecond: 1, kind: 'poisson' } },
    rows: never(() => FOREIGN_BAR),
  },
  {
    id: 'parallel-untold',
    title: '300 at once, at most 4 in parallel, which nobody is told',
    shows: 'ratio',
    scenario: { workload: { kind: 'burst', calls: 300 }, ...UNIFORM, parallel: 4 },
    rows: [{ contender: 'ours', described: 'longest', bar: { medianRatio: 1.06, worstRefused: 5 } }, ...peers],
  },
  {
    id: 'parallel-told',
    title: '300 at once, at most 4 in parallel, told to those who can be told',
    shows: 'ratio',
    scenario: { workload: { kind: 'burst', calls: 300 }, ...UNIFORM, parallel: 4 },
    rows: [
      { contender: 'ours', described: 'longest', maxInFlight: 4, bar: { medianRatio: 1.05, worstRefused: 0 } },
      ...peers
        .filter(({ contender }) => /^(bottleneck|p-queue)/.test(contender))
        .map((row) => ({ ...row, maxInFlight: 4 })),
    ],
  },
]
