import { setTimeout } from 'node:timers/promises'
// For bench.ts: one sync without a quota, in a process of its own whose memory is measured.
import { createExportsClient, createRateLimiter } from '@hood-exports/client'
import { createFilterGate } from '../filter-gate.ts'
import { openManifest } from '../sync/open-manifest.ts'
import { synchronise } from '../sync/synchronise.ts'

const [directory = '', baseUrl = ''] = process.argv.slice(2)
const client = createExportsClient({
  token: 'sandbox-ana',
  baseUrl,
  limiter: createRateLimiter({ windows: [{ name: 'raised', limit: 100_000, windowMs: 1_000 }] }),
})
const manifest = openManifest({ directory, baseUrl, state: undefined, access: 'write' })
const { signal } = new AbortController()
const startedAt = performance.now()
const result = await synchronise(client, {
  directory,
  manifest,
  mode: 'run',
  signal,
  gate: createFilterGate(async () => {}),
  conditions: [],
  selection: '',
  since: undefined,
  deleteExpired: 'no',
  onSizeMismatch: 'fail',
  removed: 'fetch',
  extent: 'new',
  retryForMs: 0,
  idleTimeoutMs: undefined,
  now: () => performance.now(),
  pause: (ms) => setTimeout(ms),
  concurrency: 4,
  wallNow: () => Date.now(),
  onEvent: () => undefined,
})
manifest.close()
console.log(
  JSON.stringify({
    ...result,
    tookMs: performance.now() - startedAt,
    maxRssBytes: process.resourceUsage().maxRSS * 1_024,
  }),
)
process.exit(0)
