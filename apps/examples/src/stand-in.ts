import { strict as assert } from 'node:assert'
import { createExportsClient } from '@hood-exports/client'
import { buildItems, createManualClock, createStandIn } from '@hood-exports/client/testing'

const clock = createManualClock()
const standIn = createStandIn({ items: buildItems(3), clock })
const client = createExportsClient({ token: 'any', fetch: standIn.fetch, clock })

standIn.next({ kind: 'status', status: 429, retryAfterS: 30 })
const page = await clock.runUntilSettled(client.list())

assert.equal(page.total, 3)
assert.deepEqual(
  standIn.requests.map(({ atMs }) => atMs),
  [0, 30_000],
)
console.log('The client waited 30 s of virtual time, and the test none')
