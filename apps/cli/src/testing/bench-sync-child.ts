// For bench.ts: one sync without a quota, in a process of its own whose memory is measured.
import { createExportsClient, createRateLimiter } from '@hood-exports/client'
import { mirror } from '@hood-exports/client/node'

const [directory = '', baseUrl = ''] = process.argv.slice(2)
const client = createExportsClient({
  token: 'sandbox-ana',
  baseUrl,
  limiter: createRateLimiter({ windows: [{ name: 'raised', limit: 100_000, windowMs: 1_000 }] }),
})
const startedAt = performance.now()
const result = await mirror(client, directory, { onSizeMismatch: 'fail', retryForMs: 0 })
console.log(
  JSON.stringify({
    ...result,
    tookMs: performance.now() - startedAt,
    maxRssBytes: process.resourceUsage().maxRSS * 1_024,
  }),
)
process.exit(0)
