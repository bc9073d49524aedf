import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Permit } from '@hood-exports/client/rate-limit'

const limiter = createRateLimiter()

/** Your own `fetch`, within the quota: a 429 is waited for, and everything else is yours to handle. */
async function limitedFetch(url: string, init: RequestInit): Promise<Response> {
  for (let permit: Permit | undefined; ;) {
    permit = await limiter.acquire({ signal: init.signal ?? undefined, after: permit })
    try {
      const response = await fetch(url, init)
      permit.answered(response)
      const body = await response.arrayBuffer()
      if (response.status !== 429) return new Response(body, response)
    } finally {
      permit.release()
    }
  }
}

const url = `${process.env['HOOD_BASE_URL']}/v1/hood/exports?page=1,1`
const headers = { authorization: `Bearer ${process.env['HOOD_TOKEN']}` }
const statuses = await Promise.all(
  Array.from({ length: 12 }, async () => (await limitedFetch(url, { headers })).status),
)
console.log(`${statuses.filter((status) => status === 200).length} of ${statuses.length} answered`)
