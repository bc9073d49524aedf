import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({
  token: process.env['HOOD_TOKEN'] ?? '',
  baseUrl: process.env['HOOD_BASE_URL'],
  onEvent(event) {
    if (event.type === 'answered') console.log(`${event.operation} ${event.status}, ${event.rateLimit.remaining} left`)
  },
})
await Promise.all([client.list(), client.list({ page: 2 })])
const [, minute] = client.limiter.snapshot().windows
console.log(`${minute?.remaining} of ${minute?.limit} left in this minute`)
