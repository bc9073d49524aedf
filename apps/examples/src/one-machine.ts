import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient } from '@hood-exports/client'
import { createFileStore } from '@hood-exports/client/node'
import { createSharedRateLimiter } from '@hood-exports/client/rate-limit'

const store = createFileStore({ file: join(tmpdir(), 'hood-exports', 'quota.sqlite'), account: 'ours' })
const limiter = createSharedRateLimiter({ store })
const client = createExportsClient({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  limiter,
})

const { total } = await client.list({ pageSize: 1 })
console.log(`${total} exports; the store is ${limiter.snapshot().store}`)

await limiter.flush()
store.close()
