import { createExportsClient } from '@hood-exports/client'
import { createSandbox } from '@hood-exports/sandbox'

const sandbox = createSandbox({ items: 5_000 })
const client = createExportsClient({
  token: sandbox.tokens.main,
  fetch: (input, init) => sandbox.fetch(new Request(input, init)),
})
await sandbox.setState('export 1000000 exists', { name: 'Mine' })
console.log((await client.get('1000000')).name)
sandbox.close()
