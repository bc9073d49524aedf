import { createExportsClient } from '@hood-exports/client'
import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import { createRedisStore } from '@hood-exports/client/redis'
import { Redis } from 'ioredis'

const redis = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379')
redis.on('error', ({ message }) => console.error(`Redis: ${message}`))

const store = createRedisStore({ client: redis, account: 'ours' })
const limiter = createSharedRateLimiter({ store, processes: 8 })
const client = createExportsClient({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  limiter,
})

const { total } = await client.list({ pageSize: 1 })
console.log(`${total} exports; the store is ${limiter.snapshot().store}`)

await limiter.flush()
redis.disconnect()
