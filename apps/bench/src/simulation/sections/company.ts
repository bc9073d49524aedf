import type { Bar } from '../bar.ts'
import type { Described } from '../scenario.ts'
import { BURST, MINUTE_HEADERS, UNIFORM, documentedPeers, fewPeers, inWorld, ours, peers } from '../section.ts'
import type { Section, Variant } from '../section.ts'
import type { Strangers } from '../strangers.ts'

const EARLIER = [50, 100, 140].map((usedBefore): Variant => ({
  label: `used ${usedBefore} of 150`,
  world: { usedBefore },
}))
const EARLIER_BAR: Bar = { worstBeyondS: 5 }

/** Without a word on the minute, a new process cannot know that it is nearly used up. */
function earlierBar(described: Described): Bar {
  return MINUTE_HEADERS.includes(described) ? { ...EARLIER_BAR, worstRefused: 0 } : EARLIER_BAR
}

const CLIENTS_BAR: Bar = { medianRatio: 1.02, worstRefused: 0 }
const TWO_BAR: Bar = { medianRatio: 1.05, worstRefused: 30, worstJain: 0.9 }
const STORE_BAR: Bar = { medianRatio: 1.07, worstRefused: 0, worstJain: 0.95 }
const EIGHT_BAR: Bar = { medianRatio: 1.05, worstRefused: 300, worstJain: 0.9 }
/** Each job is a process of its own, so nothing is to be shared evenly. */
const CRON_STORE_BAR: Bar = { medianRatio: 1.07, worstRefused: 0 }
const LIGHT_BAR: Bar = { medianLightWaitS: 15 }

const STRANGER_BAR: Bar = { medianRefusedPer1000: 6, medianStrangersRefused: 0.2 }

/** Without a word on the minute, one process alone takes longer than the bar asks. */
function apart(described: Described, { medianRatio, ...others }: Bar): Bar {
  return MINUTE_HEADERS.includes(described) && medianRatio !== undefined ? { medianRatio, ...others } : others
}

function strangers(label: string, strangers: Strangers): Variant {
  return { label, world: { strangers } }
}

/** The account is used by more than one process. */
export const COMPANY: readonly Section[] = [
  {
    id: 'earlier',
    title: '40 at once, 15 s after another run has begun to use the account, ten requests a second',
    shows: 'beyond',
    scenario: { workload: { kind: 'burst', calls: 40 }, ...UNIFORM },
    rows: EARLIER.flatMap((variant) => inWorld(variant, [...ours(earlierBar), ...documentedPeers])),
  },
  {
    id: 'two',
    title: '600 at once, dealt out to two clients',
    shows: 'processes',
    scenario: { workload: { kind: 'burst', calls: 600 }, ...UNIFORM, processes: 2 },
    rows: [
      ...ours(() => CLIENTS_BAR, { headers: MINUTE_HEADERS, contender: 'ours, createExportsClient' }),
      ...ours((described) => apart(described, TWO_BAR)),
      ...documentedPeers,
    ],
  },
  {
    id: 'eight',
    title: 'Burst of 1,000, dealt out to eight processes',
    shows: 'processes',
    scenario: { workload: BURST, ...UNIFORM, processes: 8 },
    isSlow: true,
    rows: [
      ...ours(() => STORE_BAR, { contender: 'ours, shared store' }),
      ...ours(() => STORE_BAR, { headers: MINUTE_HEADERS, contender: 'ours, file store' }),
      ...ours((described) => apart(described, EIGHT_BAR)),
      ...peers.filter(({ contender }) => !contender.startsWith('octokit')),
    ],
  },
  {
    id: 'light',
    title: 'A call every 3 s, a hundred times, beside a burst of 1,000 of another process',
    shows: 'light',
    scenario: { workload: { kind: 'beside', calls: 1_000, light: { calls: 100, everyMs: 3_000 } }, ...UNIFORM },
    rows: [...ours(() => LIGHT_BAR), ...documentedPeers],
  },
  {
    id: 'cron-minute',
    title: 'A new process every 60 s, fifteen times, with 200 calls each',
    shows: 'ratio',
    scenario: { workload: { kind: 'cron', jobs: 15, calls: 200, everyMs: 60_000 }, ...UNIFORM },
    isSlow: true,
    rows: [
      ...ours(() => CRON_STORE_BAR, { headers: MINUTE_HEADERS, contender: 'ours, shared store' }),
      ...ours(undefined, { headers: MINUTE_HEADERS }),
      ...documentedPeers,
    ],
  },
  {
    id: 'cron-quarter',
    title: 'A new process every 15 s, sixty times, with 40 calls each',
    shows: 'ratio',
    scenario: { workload: { kind: 'cron', jobs: 60, calls: 40, everyMs: 15_000 }, ...UNIFORM },
    isSlow: true,
    rows: [
      ...ours(() => CRON_STORE_BAR, { headers: MINUTE_HEADERS, contender: 'ours, shared store' }),
      ...ours(undefined, { headers: MINUTE_HEADERS }),
      ...documentedPeers,
    ],
  },
  {
    id: 'strangers',
    title: 'Burst of 1,000, while other programs send a request a second',
    shows: 'strangers',
    scenario: { workload: BURST, ...UNIFORM },
    rows: [
      ...inWorld(strangers('every second', { perSecond: 1, kind: 'regular' }), [
        ...ours(() => STRANGER_BAR),
        ...ours(() => STRANGER_BAR, { contender: 'ours, shared store' }),
        ...peers,
      ]),
      ...inWorld(strangers('at random', { perSecond: 1, kind: 'poisson' }), [...ours(() => STRANGER_BAR), ...fewPeers]),
    ],
  },
  {
    id: 'other-strangers',
    title: 'Burst of 1,000, while other programs send fewer requests, or several at once',
    shows: 'strangers',
    scenario: { workload: BURST, ...UNIFORM },
    isSlow: true,
    rows: [
      strangers('every 3.3 s', { perSecond: 0.3, kind: 'regular' }),
      strangers('at random, every 3.3 s', { perSecond: 0.3, kind: 'poisson' }),
      strangers('every 5 s, five at once', { perSecond: 1, kind: 'bursts' }),
    ].flatMap((variant) => inWorld(variant, [...ours(), ...fewPeers])),
  },
]
