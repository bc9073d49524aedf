import { createExportsClient, isExportsError, toResult } from '@hood-exports/client'
import { saveExport } from '@hood-exports/client/node'

/** Uses every typed call once; only compiled, to count what its types cost. */
export async function program(): Promise<void> {
  const client = createExportsClient({ token: 'any' })
  const page = await client.list({ fields: ['id', 'name'], sort: ['-create_time', 'size'], page: 2, pageSize: 10 })
  page.items[0]?.name.toUpperCase()
  const found = client.listAll(
    { q: 'VIP', qFields: ['name', 'id'], view: 'full' },
    { where: ({ size }) => size !== null },
  )
  for await (const { id } of found) await client.get(id, { fields: ['status'] })
  for await (const { items } of found.pages()) items.at(0)
  const item = await client.waitUntil('1', ({ status }) => status === 'ready', { fields: ['id', 'status', 'size'] })
  await saveExport(client, item, { ifExists: 'rename' })
  const failed = { status: 'failed', create_time: { gte: '2026-01-01' }, size: [1, 2], creator_id: null } as const
  await client.listAll({ fields: ['id'], filter: failed }).toArray()
  const made = await client.makeExport('17', { name: 'Clicks', out: 'csv', fields: ['run_date'] }, { retries: 1 })
  const operation = await client.retry(made.id)
  await client.exportQuickReport(operation.id, { filters: { event_time: 'rf:2026-01-01,2026-01-31' } })
  const { data, error } = await client.raw.GET('/v1/hood/exports/{id}', { params: { path: { id: '1' } } })
  data?.items.at(0)?.create_time?.toUpperCase()
  error?.title.toUpperCase()
  const result = await toResult(client.get('1'))
  if (isExportsError(result.error, 'rate-limited')) result.error.retryAfterMs?.toFixed()
}
