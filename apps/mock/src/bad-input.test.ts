import { expect, test } from 'vitest'
import { fuzzMock } from './testing/fuzz-mock.ts'

test('whatever bytes are sent, the answer has a documented shape and no request hangs', async () => {
  const tally = await fuzzMock({ runs: 1_500 })
  // It has met good requests, bad ones and broken connections.
  expect(Object.keys(tally)).toEqual(expect.arrayContaining(['200', '400', '404', '405', 'broken']))
}, 60_000)
