import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const lastWeek = new Date(Date.now() - 7 * 24 * 3_600_000)

const failed = client.listAll({
  fields: ['id', 'name', 'failure_reason'],
  filter: { status: 'failed', create_time: { gte: lastWeek } },
  sort: ['-create_time'],
})
for await (const { id, name, failure_reason: reason } of failed) console.log(id, name, reason)

const { total } = await client.list({ filter: { extension: ['csv', 'json'], size: { gt: 1_000, lte: 1_000_000 } } })
console.log(`${total} CSV and JSON files between 1 kB and 1 MB`)
