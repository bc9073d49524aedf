import { createExportsClient } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const today = new Date().toISOString().slice(0, 10)

const first = await client.makeExport('17', { name: 'Clicks' }, { key: `clicks-${today}` })
const again = await client.makeExport('17', { name: 'Clicks' }, { key: `clicks-${today}` })
console.log(first.id === again.id ? 'The second run found the export of the first' : 'Two exports')
