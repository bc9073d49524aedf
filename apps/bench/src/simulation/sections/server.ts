import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import type { Bar } from '../bar.ts'
import { MINUTE_HEADERS, UNIFORM, documentedPeers, fewPeers, inWorld, ours, peers } from '../section.ts'
import type { Row, Section, Variant } from '../section.ts'
import type { Lie } from '../false-headers.ts'

const SERVICES = [
  [20, 'after 20 ms'],
  [600, 'after 600 ms'],
  [4_000, 'after 4 s'],
  [8_000, 'after 8 s'],
] as const
const SERVICE_BARS: Readonly<Record<number, Bar>> = { 4_000: { medianRatio: 1.3 } }

const PARALLEL_BURST = { kind: 'burst', calls: 300 } as const
const UNTOLD_BAR: Bar = { medianRatio: 1.12, worstRefused: 5 }
const TOLD_BAR: Bar = { medianRatio: 1.06, worstRefused: 0 }

const WRONG: readonly (readonly [label: string, lie: Lie, bar: Bar])[] = [
  ['`Reset` 3 s early', { kind: 'reset-off', byS: -3 }, { medianRatio: 1.15 }],
  ['`Reset` 5 s late', { kind: 'reset-off', byS: 5 }, { medianRatio: 1.15 }],
  ['`Reset` 20 s late', { kind: 'reset-off', byS: 20 }, { medianRatio: 1.15 }],
  ['`Reset` always 60', { kind: 'reset-always', seconds: 60 }, { medianRatio: 1.15 }],
  ['`Remaining` always 0', { kind: 'remaining-always', requests: 0 }, { medianRatio: 2 }],
]

const UNUSABLE = [
  ['none', undefined],
  ['zero', '0'],
  ['a day in milliseconds', '86400000'],
] as const
/** One after 1, 2, 4, 8, 16 and 32 s, then one a minute; ten of the first burst may be out together. */
const CLOSED_BAR: Bar = { worstBeyondS: 65, worstRefused: 25 }

/** The limits of a tier in the documented windows. */
function tier(name: keyof typeof RATE_LIMIT_TIERS, calls: number): Variant {
  const windows = RATE_LIMIT_WINDOWS.map((window, index) => ({
    ...window,
    limit: RATE_LIMIT_TIERS[name][index] ?? window.limit,
  }))
  const [second, minute] = RATE_LIMIT_TIERS[name]
  const label = `tier ${name}: ${second} and ${minute.toLocaleString('en')}, ${calls.toLocaleString('en')} calls`
  return { label, world: { windows, workload: { kind: 'burst', calls } } }
}

function parallel(limit: number): Variant {
  return { label: `at most ${limit} in parallel`, world: { parallel: limit } }
}

function told(limit: number, rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, maxInFlight: limit }))
}

/** The server is slow, or other than documented. */
export const SERVER: readonly Section[] = [
  {
    id: 'service',
    title: '600 at once, answers that take their time',
    shows: 'ratio',
    scenario: { workload: { kind: 'burst', calls: 600 }, ...UNIFORM },
    rows: SERVICES.flatMap(([serviceMs, label]) =>
      inWorld({ label, world: { serviceMs } }, [
        ...ours(() => SERVICE_BARS[serviceMs] ?? {}, { headers: MINUTE_HEADERS }),
        ...fewPeers,
      ]),
    ),
  },
  {
    id: 'parallel-untold',
    title: '300 at once, answers take 600 ms, at most 4 or 8 in parallel, which no client is told',
    shows: 'ratio',
    scenario: { workload: PARALLEL_BURST, ...UNIFORM, serviceMs: 600 },
    rows: [
      ...inWorld(parallel(4), [...ours(() => UNTOLD_BAR, { headers: MINUTE_HEADERS }), ...peers]),
      ...inWorld(parallel(8), [...ours(() => ({ worstRefused: 5 }), { headers: MINUTE_HEADERS }), ...fewPeers]),
    ],
  },
  {
    id: 'parallel-told',
    title: '300 at once, answers take 600 ms, at most 4 or 8 in parallel, told to those that can be told',
    shows: 'ratio',
    scenario: { workload: PARALLEL_BURST, ...UNIFORM, serviceMs: 600 },
    rows: [4, 8].flatMap((limit) =>
      inWorld(
        parallel(limit),
        told(limit, [
          ...ours(() => (limit === 4 ? TOLD_BAR : { worstRefused: 0 }), { headers: MINUTE_HEADERS }),
          ...peers.filter(({ contender }) => /^(bottleneck|p-queue)/.test(contender)),
        ]),
      ),
    ),
  },
  {
    id: 'tiers',
    title: 'An account of another tier, which no client is told',
    shows: 'ratio',
    scenario: { workload: { kind: 'burst', calls: 200 }, ...UNIFORM },
    isSlow: true,
    rows: [
      ...inWorld(tier('A', 200), [
        ...ours(() => ({ worstRefused: 40 }), { headers: MINUTE_HEADERS }),
        ...documentedPeers,
      ]),
      ...inWorld(tier('E', 2_000), [
        ...ours(() => ({ medianRatio: 1.5, worstRefused: 40 }), { headers: MINUTE_HEADERS }),
        ...fewPeers,
      ]),
    ],
  },
  {
    id: 'wrong-headers',
    title: '600 at once, while a header is wrong',
    shows: 'ratio',
    scenario: { workload: { kind: 'burst', calls: 600 }, ...UNIFORM },
    rows: [
      ...WRONG.flatMap(([label, lie, bar]) =>
        inWorld(
          { label, world: { lie } },
          ours(() => bar, { headers: MINUTE_HEADERS }),
        ),
      ),
      // They read neither header.
      ...inWorld({ label: 'any of these', world: {} }, documentedPeers),
    ],
  },
  {
    id: 'closed',
    title: '100 at once, refused for ten minutes by 429s whose `Retry-After` is of no use',
    shows: 'beyond',
    scenario: { workload: { kind: 'burst', calls: 100 }, ...UNIFORM, closedUntilMs: 600_000 },
    isSlow: true,
    rows: UNUSABLE.flatMap(([label, says]) =>
      inWorld({ label, world: { lie: { kind: 'retry-after', says } } }, [
        ...ours(() => CLOSED_BAR, { headers: ['longest'] }),
        ...fewPeers,
      ]),
    ),
  },
]
