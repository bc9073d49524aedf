import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Permit } from '@hood-exports/client/rate-limit'
import Bottleneck from 'bottleneck'
import PQueue from 'p-queue'

/** Calls that wait, each with a signal of its own. */
export interface Waiting {
  readonly name: string
  readonly canAbort: boolean
  /** Fills the quota, and gives a function that makes a call wait. */
  start(): (signal: AbortSignal) => Promise<unknown>
}

const NOTHING = Promise.resolve()

export const WAITING: readonly Waiting[] = [
  // What the platform takes for the aborts themselves: most of it is the reason that each gets.
  { name: 'no limiter', canAbort: true, start: () => () => NOTHING },
  {
    name: 'ours',
    canAbort: true,
    start: () => {
      const limiter = createRateLimiter({ windows: [{ name: 'hour', limit: 1, windowMs: 3_600_000 }] })
      void limiter.acquire()
      return (signal) => limiter.acquire({ signal }) as Promise<Permit>
    },
  },
  {
    name: 'p-queue',
    canAbort: true,
    start: () => {
      const queue = new PQueue({ autoStart: false })
      return (signal) => queue.add(() => undefined, { signal })
    },
  },
  {
    name: 'bottleneck (no abort)',
    canAbort: false,
    start: () => {
      const limiter = new Bottleneck({ maxConcurrent: 1 })
      void limiter.schedule(() => new Promise(() => {}))
      return () => limiter.schedule(() => Promise.resolve())
    },
  },
]

export interface WaitingCost {
  readonly queuedUs: number
  readonly bytesEach: number
  readonly abortCpuMs: number | undefined
}

/** @param collect collects garbage */
export async function waitingCost(
  { canAbort, start }: Waiting,
  waiters: number,
  collect: () => void,
): Promise<WaitingCost> {
  const wait = start()
  const controllers = Array.from({ length: waiters }, () => new AbortController())
  // A signal is made when it is asked for, and belongs to the caller.
  const signals = controllers.map(({ signal }) => signal)
  const before = await heapUsed(collect)
  const startedAt = performance.now()
  const waiting = signals.map((signal) => wait(signal))
  const queuedUs = ((performance.now() - startedAt) * 1_000) / waiters
  const bytesEach = ((await heapUsed(collect)) - before) / waiters
  if (!canAbort) return { queuedUs, bytesEach, abortCpuMs: undefined }
  const allSettled = Promise.allSettled(waiting)
  const cpu = process.cpuUsage()
  for (const controller of controllers) controller.abort()
  await allSettled
  const { user, system } = process.cpuUsage(cpu)
  return { queuedUs, bytesEach, abortCpuMs: (user + system) / 1_000 }
}

async function heapUsed(collect: () => void): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 20))
  collect()
  collect()
  return process.memoryUsage().heapUsed
}
