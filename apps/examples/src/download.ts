import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const [ready] = await client.listAll({ view: 'full', filter: { status: 'ready' } }, { limit: 1 }).toArray()
if (!ready) throw new Error('Nothing is ready')

const download = await client.download(ready, { idleTimeoutMs: 10_000 })
for await (const chunk of download.body) console.log(`${chunk.byteLength} bytes of ${download.contentType}`)
console.log(`${download.bytes} bytes; the size ${download.sizeCheck}`)
