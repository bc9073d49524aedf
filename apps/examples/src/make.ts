import { createExportsClient, isExportsError } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const request = {
  name: 'Clicks of July',
  out: 'csv',
  source: 'hood.campaign-reports',
  fields: ['campaign_name', 'run_date', 'sent', 'total_click'],
  filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-31 23:59:59' },
} as const

try {
  const item = await client.makeExport('17', request, { onProgress: ({ step }) => console.log(step) })
  const download = await client.download(item)
  await download.text()
  console.log(`${item.name}: ${download.bytes} bytes, ${item.attempt_count} attempt`)
} catch (error) {
  if (!isExportsError(error)) throw error
  console.error(error.kind, error.message, error.key)
}
