import { tmpdir } from 'node:os'
import { createExportsClient } from '@hood-exports/client'
import { saveExport } from '@hood-exports/client/node'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const ready = client.listAll({ view: 'full', filter: { status: 'ready' } }, { limit: 2 })

for await (const item of ready) {
  const { bytes, sha256 } = await saveExport(client, item, { directory: tmpdir(), ifExists: 'rename' })
  console.log(`${item.id}: ${bytes} bytes, sha256 ${sha256}`)
}
