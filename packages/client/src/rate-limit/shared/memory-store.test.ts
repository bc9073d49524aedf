import { describe, expect, test } from 'vitest'
import { createManualClock } from '../../testing/manual-clock.ts'
import { storeClockChecks } from '../../testing/store-clock-suite.ts'
import { storeChecks } from '../../testing/store-suite.ts'
import { createMemoryStore } from './memory-store.ts'
import type { ExchangeReply, ExchangeRequest, Store } from './store.ts'

/** Stores by account, made once each. */
function opener(create: () => Store): (account: string) => Store {
  const stores = new Map<string, Store>()
  return (account) => {
    const store = stores.get(account) ?? create()
    stores.set(account, store)
    return store
  }
}

describe('a store in memory', () => {
  test.each(storeChecks)('$name', ({ run }) => run({ open: opener(createMemoryStore) }))

  test.each(storeClockChecks)('$name', ({ run }) => {
    const clock = createManualClock({ now: 5_000_000 })
    return run({
      open: opener(() => createMemoryStore({ clock })),
      moveClock: (ms) => clock.setWall(clock.wallNow() + ms),
    })
  })
})

/** Stores that break one promise each. */
const BROKEN: readonly [
  string,
  (request: ExchangeRequest) => Partial<ExchangeRequest>,
  (reply: ExchangeReply) => Partial<ExchangeReply>,
][] = [
  ['grants one more than there is', same, ({ granted }) => ({ granted: granted + 1 })],
  ['grants all that is wanted', ({ want }) => ({ want: [], arrived: want.map((id) => ({ id, msAgo: 0 })) }), same],
  ['keeps what was given back', () => ({ freed: [] }), same],
  ['ignores what has arrived', () => ({ arrived: [] }), same],
  ['ignores what answers told', () => ({ told: [] }), same],
  ['ignores what remains', ({ told }) => ({ told: told.map((one) => ({ ...one, remaining: 1_000 })) }), same],
  ['ignores the ends of windows', ({ told }) => ({ told: told.map((one) => ({ ...one, endsIn: undefined })) }), same],
  ['does not close after a 429', () => ({ closeMs: 0 }), same],
  ['looks at one window', ({ windows }) => ({ windows: windows.slice(-1) }), same],
  ['never notices a loss', () => ({ seen: 0 }), same],
  ['counts no exchanges', same, () => ({ exchanges: 1 })],
  ['never says when to ask again', same, () => ({ waitMs: 0 })],
  ['does not say how long it is closed', same, () => ({ closedMs: 0 })],
  [
    'takes every answer for an acceptance',
    ({ arrived }) => ({ arrived: arrived.map((one) => ({ ...one, msAgo: 0 })) }),
    same,
  ],
]

function same(): object {
  return {}
}

test.each(BROKEN)('the checks find a store that %s', async (_title, ask, answer) => {
  const open = opener(() => {
    const store = createMemoryStore()
    return {
      async exchange(request) {
        const reply = await store.exchange({ ...request, ...ask(request) })
        return { ...reply, ...answer(reply) }
      },
    }
  })
  const outcomes = await Promise.allSettled(storeChecks.map(({ run }) => run({ open })))
  expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
})

test('the checks find a store that makes an account of its own for each handle, and one that has a single account', async () => {
  const single = createMemoryStore()
  for (const open of [() => createMemoryStore(), () => single]) {
    const outcomes = await Promise.allSettled(storeChecks.map(({ run }) => run({ open })))
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true)
  }
})
