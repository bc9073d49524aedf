import { Redis } from 'ioredis'
import { createSharedRateLimiter } from '../../rate-limit/index.ts'
import type { Lease, WindowSpec } from '../../rate-limit/index.ts'
import { createRedisStore } from '../index.ts'

/** A process that shares an account with others. It prints a line when it holds its places. */
export interface CallerSettings {
  readonly redisPort: number
  readonly apiUrl: string
  readonly account: string
  readonly windows: readonly WindowSpec[]
  readonly processes: number
  readonly calls: number
  readonly maxInFlight?: number
  /** What it does with its places. */
  readonly does: 'calls' | 'holds'
}

const { redisPort, apiUrl, account, windows, processes, calls, maxInFlight, does } = JSON.parse(
  process.env['CALLER'] as string,
) as CallerSettings
const client = new Redis(redisPort, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 100 })
// Redis going away is what is tested.
client.on('error', () => undefined)
const limiter = createSharedRateLimiter({
  store: createRedisStore({ client, account }),
  windows,
  processes,
  maxInFlight,
})

async function call(): Promise<void> {
  for (let lease: Lease | undefined; ;) {
    lease = await limiter.acquire({ after: lease })
    try {
      const response = await fetch(apiUrl, { headers: { 'x-caller': String(process.pid) } })
      await response.arrayBuffer()
      if (lease.answered(response).kind === 'pass') return
    } finally {
      lease.release()
    }
  }
}

if (does === 'holds') {
  for (let count = 0; count < calls; count += 1) await limiter.acquire()
  console.log('holds')
} else {
  await Promise.all(Array.from({ length: calls }, call))
  await limiter.flush()
  client.disconnect()
}
