import type { Redis } from 'ioredis'
import { createFileStore } from '../../../node/file-store.ts'
import { createRedisStore } from '../../../redis/redis-store.ts'
import type { Permit } from '../../rate-limiter.ts'
import type { WindowSpec } from '../../planner/window-spec.ts'
import { createSharedRateLimiter } from '../shared-limiter.ts'

/** A process that shares an account with others: so many calls at once, and then it ends. */
export interface CallerSettings {
  readonly store: { readonly file: string } | { readonly redisPort: number }
  readonly apiUrl: string
  readonly windows: readonly WindowSpec[]
  readonly processes: number
  readonly calls: number
}

const { store, apiUrl, windows, processes, calls } = JSON.parse(process.env['CALLER'] as string) as CallerSettings
const redis = 'file' in store ? undefined : await connect(store.redisPort)
const account = 'ours'
const limiter = createSharedRateLimiter({
  store: redis
    ? createRedisStore({ client: redis, account })
    : createFileStore({ ...(store as { file: string }), account }),
  windows,
  processes,
})

async function connect(port: number): Promise<Redis> {
  const { Redis } = await import('ioredis')
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 100 })
  // Redis going away is what is tested.
  return client.on('error', () => undefined)
}

async function call(): Promise<void> {
  for (let permit: Permit | undefined; ;) {
    permit = await limiter.acquire({ after: permit })
    try {
      const response = await fetch(apiUrl, { headers: { 'x-caller': String(process.pid) } })
      await response.arrayBuffer()
      permit.answered(response)
      if (response.status !== 429) return
    } finally {
      permit.release()
    }
  }
}

// The API answers this once all processes are there.
await fetch(new URL('ready', apiUrl))
await Promise.all(Array.from({ length: calls }, call))
await limiter.flush()
redis?.disconnect()
