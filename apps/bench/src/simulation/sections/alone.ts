import type { Bar } from '../bar.ts'
import type { Described } from '../scenario.ts'
import { BURST, UNIFORM, ours, peers } from '../section.ts'
import type { Section } from '../section.ts'

const PAGES = { kind: 'pages', calls: 400 } as const
const POISSON = { kind: 'poisson', calls: 1_000, perSecond: 2.2 } as const
const ON_OFF = { kind: 'on-off', bursts: 10, calls: 120, everyMs: 70_000 } as const
const HEAVY = { latency: 'heavy-tailed', start: 'clock' } as const

const BURST_BAR: Readonly<Record<Described, Bar>> = {
  longest: { medianRatio: 1.006, worstRefused: 0 },
  'fewer-left': { medianRatio: 1.02, worstRefused: 0 },
  tightest: { medianRatio: 1.06, worstRefused: 0 },
  none: { medianRatio: 1.06, worstRefused: 0 },
}
const PAGES_BAR: Readonly<Record<Described, Bar>> = {
  longest: { medianRatio: 1.04, worstRefused: 0 },
  'fewer-left': { medianRatio: 1.04, worstRefused: 0 },
  tightest: { worstRefused: 0 },
  none: { worstRefused: 0 },
}
const PROBE_BAR: Bar = { medianRatio: 1.003, worstRefused: 1 }
const UNREFUSED: Bar = { worstRefused: 0 }

const PROBE = { contender: 'ours, one probe' }

/** For heavy-tailed latencies: ratios within 0.03 of the others', and at most one request in a thousand with a 429. */
function heavier({ medianRatio }: Bar): Bar {
  const more = (value: number): number => Math.round((value + 0.03) * 1000) / 1000
  return { ...(medianRatio !== undefined && { medianRatio: more(medianRatio) }), refusedShare: 0.001 }
}

/** One process has the account to itself. */
export const ALONE: readonly Section[] = [
  {
    id: 'burst',
    title: 'Burst of 1,000, latency 5–50 ms each way',
    shows: 'ratio',
    scenario: { workload: BURST, ...UNIFORM },
    rows: [...ours((described) => BURST_BAR[described]), ...ours(() => PROBE_BAR, PROBE), ...peers],
  },
  {
    id: 'burst-heavy',
    title: 'Burst of 1,000, heavy-tailed latency',
    shows: 'ratio',
    scenario: { workload: BURST, ...HEAVY },
    rows: [...ours((described) => heavier(BURST_BAR[described])), ...ours(() => heavier(PROBE_BAR), PROBE), ...peers],
  },
  {
    id: 'burst-constant',
    title: 'Burst of 1,000, latency always 25 ms each way',
    shows: 'ratio',
    scenario: { workload: BURST, latency: 'constant', start: 'clock' },
    rows: ours((described) => BURST_BAR[described]),
  },
  {
    id: 'burst-first-request',
    title: 'Burst of 1,000, windows that start with the first request instead of on the clock',
    shows: 'ratio',
    scenario: { workload: BURST, latency: 'uniform', start: 'first-request' },
    rows: [...ours(() => UNREFUSED), ...peers],
  },
  {
    id: 'pages',
    title: '400 pages, each after the one before, latency 5–50 ms each way',
    shows: 'ratio',
    scenario: { workload: PAGES, ...UNIFORM },
    rows: [...ours((described) => PAGES_BAR[described]), ...ours(() => PROBE_BAR, PROBE), ...peers],
  },
  {
    id: 'pages-heavy',
    title: '400 pages, each after the one before, heavy-tailed latency',
    shows: 'ratio',
    scenario: { workload: PAGES, ...HEAVY },
    rows: [...ours((described) => heavier(PAGES_BAR[described])), ...ours(() => heavier(PROBE_BAR), PROBE), ...peers],
  },
  {
    id: 'poisson',
    title: '1,000 independent calls, 2.2 a second (88 % of the quota), latency 5–50 ms each way',
    shows: 'wait',
    scenario: { workload: POISSON, ...UNIFORM },
    rows: [...ours(() => UNREFUSED), ...peers],
  },
  {
    id: 'poisson-heavy',
    title: '1,000 independent calls, 2.2 a second, heavy-tailed latency',
    shows: 'wait',
    scenario: { workload: POISSON, ...HEAVY },
    rows: ours(() => heavier(UNREFUSED)),
  },
  {
    id: 'on-off',
    title: '120 at once, every 70 s, ten times, latency 5–50 ms each way',
    shows: 'wait',
    scenario: { workload: ON_OFF, ...UNIFORM },
    rows: [...ours(() => UNREFUSED), ...peers],
  },
  {
    id: 'on-off-heavy',
    title: '120 at once, every 70 s, ten times, heavy-tailed latency',
    shows: 'wait',
    scenario: { workload: ON_OFF, ...HEAVY },
    rows: ours(() => heavier(UNREFUSED)),
  },
]
