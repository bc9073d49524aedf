import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const query = { fields: ['id', 'status'], filter: { status: 'ready' }, pageSize: 100 } as const

const listing = client.listAll(query, { limit: 150 })
const plan = await listing.plan()
console.log(`${plan.total} exports, ${plan.requests} more requests`)

const first = await listing.toArray()
const rest = await client.listAll(query, { cursor: listing.cursor }).toArray()
console.log(`${first.length} and then ${rest.length}, none of them twice`)
