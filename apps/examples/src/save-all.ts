import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExportsClient, toResult } from '@hood-exports/client'
import { saveAll } from '@hood-exports/client/node'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const ready = await client.listAll({ fields: ['id'], filter: { status: 'ready' } }, { limit: 3 }).toArray()
const ids = ready.map(({ id }) => id)

const { data, error } = await toResult(saveAll(client, [...ids, '42'], join(tmpdir(), 'reports')))
console.log(data ? `${data.saved} saved` : `${error.missing} missing: ${error.message}`)
