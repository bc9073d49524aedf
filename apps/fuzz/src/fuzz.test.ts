import { expect, onTestFinished, test } from 'vitest'
import { fuzz } from './fuzz.ts'
import { mockTarget } from './mock-target.ts'
import { sandboxTarget } from './sandbox-target.ts'

test.each([
  ['mock', mockTarget],
  ['sandbox', sandboxTarget],
])(
  'whatever bytes the %s is sent, it answers in a documented shape, with data of one account only',
  async (_, start) => {
    const target = await start()
    onTestFinished(target.close)
    const tally = await fuzz(target, { runs: 1_500 })
    // It has met good requests, bad ones and broken connections.
    expect(Object.keys(tally)).toEqual(expect.arrayContaining(['200', '202', '400', '401', '404', '405', 'broken']))
  },
)
