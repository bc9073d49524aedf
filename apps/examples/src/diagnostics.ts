import { subscribe } from 'node:diagnostics_channel'
import { createExportsClient } from '@hood-exports/client'
import type { ExportsEvent } from '@hood-exports/client'
import { DIAGNOSTICS_CHANNEL } from '@hood-exports/client/node'

subscribe(DIAGNOSTICS_CHANNEL, (message) => {
  const event = message as ExportsEvent
  if (event.type === 'done') console.log(`${event.operation}: ${event.attempts} sent, ${event.waitedMs} ms waited`)
})

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
await client.list()
