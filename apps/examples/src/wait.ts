import { createExportsClient, toResult } from '@hood-exports/client'

const client = createExportsClient({ token: process.env['HOOD_TOKEN'] ?? '', baseUrl: process.env['HOOD_BASE_URL'] })
const [newest] = await client.listAll({ fields: ['id'], sort: ['-create_time'] }, { limit: 1 }).toArray()
if (!newest) throw new Error('There is no export')

const isDone = ({ status }: { status: string }) => status === 'ready' || status === 'failed'
const { data, error } = await toResult(client.waitUntil(newest.id, isDone, { deadlineMs: 2_000 }))
console.log(data ? `It is ${data.status}` : `Not yet: ${error.kind}`)
