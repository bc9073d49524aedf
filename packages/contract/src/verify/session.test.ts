import { createManualClock } from '@hood-exports/client/testing'
import { expect, test } from 'vitest'
import { exportRequest, listRequest } from './test-request.ts'
import type { TestRequest } from './test-request.ts'
import { createSession } from './session.ts'
import type { Exchange } from './exchange.ts'

const POST = exportRequest('42', '{}')
const GET = listRequest({})

/** What is sent when a request is asked whose first answer is a bad one, and the next one a good one. */
async function sentFor(request: TestRequest, first: Partial<Exchange>, times = 1): Promise<number> {
  const clock = createManualClock({ now: 0, wall: 0 })
  const good = { kind: 'answer', status: 202, headers: new Headers({ 'retry-after': '1' }) } as const
  const session = createSession({
    budget: 10,
    pace: undefined,
    clock,
    send: async (sent) => {
      const rest = { bytes: new Uint8Array(), sentAtMs: 0, headAtMs: 0, headAtWallMs: 0, request: sent }
      return { ...rest, ...good, ...(session.sent === 1 && first) } as Exchange
    },
    onExchange: () => {},
    onWait: undefined,
  })
  for (let count = 0; count < times; count += 1) await clock.runUntilSettled(session.send(request, 'remembered'))
  return session.sent
}

const LOST = { kind: 'no-answer', stage: 'head', reason: 'other side closed' } as const

test.each<[string, TestRequest, Partial<Exchange>, number]>([
  ['a GET without an answer is sent again', GET, LOST, 2],
  ['a GET that is answered 500 is sent again', GET, { status: 500 }, 2],
  ['a POST without an answer is not: it may have been carried out', POST, LOST, 1],
  ['a POST that is answered 500 is not: it may have been carried out', POST, { status: 500 }, 1],
  ['a POST that is answered 429 is sent again: it has done nothing', POST, { status: 429 }, 2],
])('%s', async (_title, request, first, expected) => {
  expect(await sentFor(request, first)).toBe(expected)
})

test('an equal GET is answered from memory, and an equal POST is sent', async () => {
  expect([await sentFor(GET, {}, 2), await sentFor(POST, {}, 2)]).toEqual([1, 2])
})
