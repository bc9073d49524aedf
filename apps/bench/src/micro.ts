import { execFileSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { GRANTING, grantUs } from './micro/grants.ts'
import { QUEUED_CALLS, WATCH_MS } from './micro/queued-client.ts'
import type { QueuedClientCost } from './micro/queued-client.ts'
import { threeSyncs } from './micro/three-syncs.ts'
import { WAITING, waitingCost } from './micro/waiting.ts'
import type { WaitingCost } from './micro/waiting.ts'
import { machine, publish } from './report.ts'
import { median } from './statistics.ts'
import { markdownTable } from './table.ts'

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})
if (flags.help) {
  console.log(`node --expose-gc src/micro.ts [--write]

  What a grant, a waiting call and its abort cost, and 10,000 calls of a client that wait. The exit code is 1 when a
  bar is missed.`)
  process.exit()
}
const collect = globalThis.gc
if (collect === undefined) {
  console.error('Start it with --expose-gc: memory is measured after a collection.')
  process.exit(2)
}

const collectGarbage = (): void => {
  collect({ type: 'major' })
}

const ROUNDS = 9
const CLIENT_ROUNDS = 5
const WAITERS = 100_000

interface Measured {
  readonly what: string
  readonly values: readonly number[]
  readonly digits: number
  /** The bar, for the median. */
  readonly atMost?: number
  /** Whether it is for each of the values instead. */
  readonly isForEach?: boolean
}

const load = loadavg()[0] ?? 0
const program = fileURLToPath(new URL('micro/queued-client.ts', import.meta.url))
const clients = Array.from(
  { length: CLIENT_ROUNDS },
  () => JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' })) as QueuedClientCost,
)
const grants = new Map(GRANTING.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round += 1) {
  // In turn, so that whatever else the machine does hits all of them.
  for (const granting of GRANTING) grants.get(granting.name)?.push(await grantUs(granting))
}
const waiting: (readonly [string, WaitingCost])[] = []
const syncs = await threeSyncs()
for (const one of WAITING) waiting.push([one.name, await waitingCost(one, WAITERS, collectGarbage)])

const grantTable = markdownTable(
  ['', 'a grant without waiting, µs', 'slowest round'],
  [...grants].map(([name, values]) => [name, median(values).toFixed(2), Math.max(...values).toFixed(2)]),
)
const waitingTable = markdownTable(
  [
    '',
    `each of ${WAITERS.toLocaleString('en')} calls that have to wait, µs`,
    'its memory, KB',
    'CPU to abort them all, ms',
  ],
  waiting.map(([name, { queuedUs, bytesEach, abortCpuMs }]) => [
    name,
    queuedUs.toFixed(2),
    (bytesEach / 1_024).toFixed(2),
    abortCpuMs === undefined ? '–' : abortCpuMs.toFixed(0),
  ]),
)
const ourQueuedUs = waiting.find(([name]) => name === 'ours')?.[1].queuedUs ?? Number.NaN
const many = QUEUED_CALLS.toLocaleString('en')
const measured: readonly Measured[] = [
  { what: 'a call of our limiter that has to wait, µs', values: [ourQueuedUs], digits: 2, atMost: 10 },
  {
    what: `${many} calls through the client: CPU until all wait, s`,
    values: clients.map(({ cpuS }) => cpuS),
    digits: 2,
    atMost: 0.35,
  },
  {
    what: 'after that, the longest block of the event loop, ms',
    values: clients.map(({ longestBlockMs }) => longestBlockMs),
    digits: 0,
    atMost: 50,
  },
  { what: 'the loop that makes them, ms', values: clients.map(({ makingMs }) => makingMs), digits: 0 },
  {
    what: `CPU in the ${WATCH_MS / 1000} s after that, s`,
    values: clients.map(({ laterCpuS }) => laterCpuS),
    digits: 2,
  },
  {
    what: 'each of three `sync` of 24 files by the command line, one after the other, s',
    values: syncs,
    digits: 1,
    atMost: 8,
    isForEach: true,
  },
]
const clientTable = markdownTable(
  ['', 'median', 'worst', 'bar', 'met'],
  measured.map((each) => cellsOf(each)),
)
const took = [
  `Median of ${ROUNDS} rounds in turn, and of ${CLIENT_ROUNDS} processes for the client; on ${machine()}, load ${load.toFixed(1)}.`,
  "A waiting call's own signal is not counted, what hangs on it is.",
].join(' ')
publish('micro', [grantTable, waitingTable, clientTable, took].join('\n\n'), flags.write ? 'write' : 'print')
const missed = measured.filter((each) => isMissed(each))
for (const each of missed) console.error(`Bar missed: ${cellsOf(each).join(' · ')}`)
process.exit(missed.length > 0 ? 1 : 0)

function isMissed({ values, atMost = Infinity, isForEach = false }: Measured): boolean {
  return (isForEach ? Math.max(...values) : median(values)) > atMost
}

function cellsOf(measured: Measured): readonly string[] {
  const { what, values, digits, atMost, isForEach = false } = measured
  const reached = [median(values), Math.max(...values)].map((value) => value.toFixed(digits))
  if (atMost === undefined) return [what, ...reached, '', '']
  return [what, ...reached, `≤ ${atMost}${isForEach ? ', each' : ''}`, isMissed(measured) ? 'no' : 'yes']
}
