import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const { data, error } = await client.raw.GET('/v1/hood/exports', {
  params: { query: { sort: ['-size'], page: [1, 2], fields: ['id', 'size'] } },
})
console.log(data?.items.length ?? error?.title)
