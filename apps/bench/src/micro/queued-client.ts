import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createExportsClient } from '@hood-exports/client'

/** What many calls of one client cost that are made at once, in a process that has made one before. */
export interface QueuedClientCost {
  /** The time of the whole process, its compiler and garbage collector included, until all of them wait. */
  readonly cpuS: number
  /** The same for the time after that, while the first ones leave. */
  readonly laterCpuS: number
  /** That the loop which made the calls took, in milliseconds: the caller's own block. */
  readonly makingMs: number
  /** The longest block of the event loop after that, in milliseconds. */
  readonly longestBlockMs: number
}

export const QUEUED_CALLS = 10_000
export const WATCH_MS = 2_500
const TICK_MS = 1

/** The longest time by which a timer of a millisecond comes late. */
async function longestBlock(forMs: number): Promise<number> {
  let before = performance.now()
  const until = before + forMs
  let longest = 0
  while (before < until) {
    await new Promise((resolve) => void setTimeout(resolve, TICK_MS))
    const now = performance.now()
    longest = Math.max(longest, now - before - TICK_MS)
    before = now
  }
  return longest
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6
}

if (import.meta.main) {
  const server = new Worker(new URL('../server-thread.ts', import.meta.url))
  const [port] = (await once(server, 'message')) as [number]
  const client = createExportsClient({ token: 'bench', baseUrl: `http://127.0.0.1:${port}` })
  await client.list()
  const before = process.cpuUsage()
  const startedAt = performance.now()
  const calls = Array.from({ length: QUEUED_CALLS }, () => client.list())
  const makingMs = performance.now() - startedAt
  const watch = longestBlock(WATCH_MS)
  void Promise.allSettled(calls)
  await new Promise((resolve) => void setImmediate(resolve))
  const cpuS = secondsOf(process.cpuUsage(before))
  const longestBlockMs = await watch
  const laterCpuS = secondsOf(process.cpuUsage(before)) - cpuS
  const { queued } = client.limiter.snapshot()
  if (queued < QUEUED_CALLS - 150) throw new Error(`Only ${queued} calls wait: this is no measure`)
  const cost: QueuedClientCost = { cpuS, laterCpuS, makingMs, longestBlockMs }
  console.log(JSON.stringify(cost))
  process.exit()
}
