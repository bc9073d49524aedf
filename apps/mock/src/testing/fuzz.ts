// Sends made-up requests to the mock: `node src/testing/fuzz.ts --runs 20000`.
import { parseArgs } from 'node:util'
import { fuzzMock } from './fuzz-mock.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } } })
const startedAt = performance.now()
const tally = await fuzzMock({
  runs: Number(values.runs),
  ...(values.seed !== undefined && { seed: Number(values.seed) }),
})
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
console.log(`${values.runs} requests in ${seconds} s, all answered in a documented shape:`)
console.log(tally)
