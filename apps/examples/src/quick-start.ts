import { createExportsClient, isExportsError } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
try {
  const newest = client.listAll({ fields: ['id', 'name', 'size'], sort: ['-create_time'], q: 'VIP' }, { limit: 3 })
  for await (const { id, name, size } of newest) console.log(id, size, name)
} catch (error) {
  if (!isExportsError(error)) throw error
  console.error(error.kind, error.message)
}
