import { parseArgs } from 'node:util'
import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Lease } from '@hood-exports/client/rate-limit'
import Bottleneck from 'bottleneck'
import PQueue from 'p-queue'
import pThrottle from 'p-throttle'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { machine, publish } from './report.ts'
import { median } from './statistics.ts'
import { markdownTable } from './table.ts'

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})
if (flags.help) {
  console.log('node --expose-gc src/micro.ts [--write]\n\n  What a grant, a waiter and its abort cost.')
  process.exit()
}
const gc = globalThis.gc
if (gc === undefined) {
  console.error('Start it with --expose-gc: memory is measured after a collection.')
  process.exit(2)
}

const ROUNDS = 9
const GRANTS = 5_000
const WAITERS = 100_000
const ENOUGH = 1e9
const OK = { status: 200, headers: new Headers() }

/** A call that need not wait, from asking to done. */
interface Granting {
  readonly name: string
  readonly grants: number
  start(): () => unknown
}

const GRANTING: readonly Granting[] = [
  {
    name: 'ours',
    grants: GRANTS,
    start: () => {
      const limiter = createRateLimiter({ windows: [{ name: 'second', limit: ENOUGH, windowMs: 1_000 }] })
      return () => {
        const lease = limiter.acquire() as Lease
        lease.answered(OK)
        lease.release()
      }
    },
  },
  { name: 'p-throttle', grants: GRANTS, start: () => pThrottle({ limit: ENOUGH, interval: 1_000 })(() => undefined) },
  {
    name: 'rate-limiter-flexible',
    grants: GRANTS,
    start: () => {
      const limiter = new RateLimiterMemory({ points: ENOUGH, duration: 1 })
      return () => limiter.consume('account')
    },
  },
  {
    name: 'p-queue',
    grants: GRANTS,
    start: () => {
      const queue = new PQueue({ intervalCap: ENOUGH, interval: 1_000 })
      return () => queue.add(() => undefined)
    },
  },
  {
    name: 'bottleneck',
    // It sets a timer for each.
    grants: 300,
    start: () => {
      const limiter = new Bottleneck({ reservoir: ENOUGH })
      return () => limiter.schedule(() => Promise.resolve())
    },
  },
]

/** Microseconds for a grant, one after the other. */
async function grantUs({ start, grants }: Granting): Promise<number> {
  const call = start()
  const startedAt = performance.now()
  for (let count = 0; count < grants; count += 1) await call()
  return ((performance.now() - startedAt) * 1_000) / grants
}

/** Calls that wait, each with a signal of its own. */
interface Waiting {
  readonly name: string
  /** Fills the quota, and gives a function that makes a call wait. */
  start(): (signal: AbortSignal) => Promise<unknown>
}

const NOBODY = Promise.resolve()

const WAITING: readonly Waiting[] = [
  // What the platform takes for the aborts themselves: most of it is the reason that each gets.
  { name: 'nobody waits', start: () => () => NOBODY },
  {
    name: 'ours',
    start: () => {
      const limiter = createRateLimiter({ windows: [{ name: 'hour', limit: 1, windowMs: 3_600_000 }] })
      void limiter.acquire()
      return (signal) => limiter.acquire({ signal }) as Promise<Lease>
    },
  },
  {
    name: 'p-queue',
    start: () => {
      const queue = new PQueue({ autoStart: false })
      return (signal) => queue.add(() => undefined, { signal })
    },
  },
  {
    name: 'bottleneck (no abort)',
    start: () => {
      const limiter = new Bottleneck({ maxConcurrent: 1 })
      void limiter.schedule(() => new Promise(() => {}))
      return () => limiter.schedule(() => Promise.resolve())
    },
  },
]

interface WaitingCost {
  readonly bytesEach: number
  readonly abortCpuMs: number | undefined
}

async function waitingCost({ name, start }: Waiting): Promise<WaitingCost> {
  const wait = start()
  const controllers = Array.from({ length: WAITERS }, () => new AbortController())
  // A signal is made when it is asked for, and belongs to the caller.
  const signals = controllers.map(({ signal }) => signal)
  const before = await heapUsed()
  const waiters = signals.map((signal) => wait(signal))
  const bytesEach = ((await heapUsed()) - before) / WAITERS
  if (name.includes('no abort')) return { bytesEach, abortCpuMs: undefined }
  const allSettled = Promise.allSettled(waiters)
  const cpu = process.cpuUsage()
  for (const controller of controllers) controller.abort()
  await allSettled
  const { user, system } = process.cpuUsage(cpu)
  return { bytesEach, abortCpuMs: (user + system) / 1_000 }
}

async function heapUsed(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 20))
  gc?.()
  gc?.()
  return process.memoryUsage().heapUsed
}

const grants = new Map(GRANTING.map(({ name }) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round += 1) {
  // In turn, so that whatever else the machine does hits all of them.
  for (const granting of GRANTING) grants.get(granting.name)?.push(await grantUs(granting))
}
const waiting: (readonly [string, WaitingCost])[] = []
for (const one of WAITING) waiting.push([one.name, await waitingCost(one)])

const grantTable = markdownTable(
  ['', 'a grant without waiting, µs', 'slowest round'],
  [...grants].map(([name, values]) => [name, median(values).toFixed(2), Math.max(...values).toFixed(2)]),
)
const waitingTable = markdownTable(
  ['', `memory of each of ${WAITERS.toLocaleString('en')} waiters, KB`, 'CPU to abort them all, ms'],
  waiting.map(([name, { bytesEach, abortCpuMs }]) => [
    name,
    (bytesEach / 1_024).toFixed(2),
    abortCpuMs === undefined ? '–' : abortCpuMs.toFixed(0),
  ]),
)
const took = `Median of ${ROUNDS} rounds in turn, on ${machine()}. A waiter's own signal is not counted, what hangs on it is.`
publish('micro', [grantTable, waitingTable, took].join('\n\n'), flags.write ? 'write' : 'print')
process.exit()
