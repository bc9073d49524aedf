import { createExportsClient, toResult } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const { data, error } = await toResult(client.get('4711', {}, { deadlineMs: 10_000 }))

if (data) console.log(data.name)
else if (error.kind === 'not-found') console.log(`No such export (trace ${error.traceId ? 'id known' : 'id unknown'})`)
else if (error.kind === 'rate-limited') console.log(`Free again in ${error.retryAfterMs} ms`)
else console.log(error.message)
