import { createExportsClient } from '@hood-exports/client'
import { startMock } from '@hood-exports/mock'

const mock = await startMock({ port: 0 })
const client = createExportsClient({ token: 'any', baseUrl: mock.url })
console.log((await client.list()).total)
await mock.close()
