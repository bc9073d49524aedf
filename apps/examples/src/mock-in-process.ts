import { createExportsClient, toResult } from '@hood-exports/client'
import { createMock } from '@hood-exports/mock'

const mock = await createMock({ limits: 'on' })
const client = createExportsClient({
  token: 'any',
  fetch: (input, init) => mock.fetch(new Request(input, init)),
})
mock.addScenario({ faults: 'status=500', times: 1 })
const { data } = await toResult(client.list())
console.log(data?.total)
