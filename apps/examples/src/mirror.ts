import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient } from '@hood-exports/client'
import { mirror } from '@hood-exports/client/node'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })

const result = await mirror(client, join(tmpdir(), 'exports'), {
  filter: { resource: 'quick-reports' },
  since: '2025-11-01',
  onSaved: ({ file, bytes }) => console.log(`${file}: ${bytes} bytes`),
})
console.log(`${result.saved} new files, ${result.bytes} bytes`)
