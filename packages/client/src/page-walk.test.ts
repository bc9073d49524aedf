import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createListing } from './listing.ts'
import { buildItems } from './testing/build-item.ts'

const PAGE_SIZE = 5

interface Account {
  /** The newest is the first. */
  ids: string[]
  requests: number
}

interface AccountOptions {
  readonly count: number
  /** What happens after each request. */
  readonly onRequest?: (account: Account) => void
  /** How the list is sorted this time; `isTied`: as asked for, where items sort alike. */
  readonly order?: (ids: readonly string[], isTied: boolean) => readonly string[]
  readonly totalOf?: (items: number, total: number) => number
  readonly pageSize?: number
}

/** Reads a whole list. */
async function readAll(options: AccountOptions) {
  const { count, onRequest, order = (ids) => ids, totalOf = (_items, total) => total, pageSize = PAGE_SIZE } = options
  const account: Account = { ids: buildItems(count).map(({ id }) => id), requests: 0 }
  const atTheStart = account.ids
  let missing = 0
  const listing = createListing<{ readonly id: string }>(
    {
      async read(page, size, pass) {
        account.requests += 1
        const items = order(account.ids, pass === 1).slice((page - 1) * pageSize, page * pageSize)
        const total = totalOf(items.length, account.ids.length)
        onRequest?.(account)
        return { items: items.map((id) => ({ id })), total, size }
      },
      pageSize,
      trim: (item) => item,
      query: {},
      estimateMs: () => 0,
      hasSpareBudget: () => false,
      report(event) {
        if (event.type === 'incomplete') missing = event.missing
      },
    },
    {},
  )
  const came = (await listing.toArray()).map(({ id }) => id)
  const still = new Set(account.ids)
  const lost = atTheStart.filter((id) => still.has(id) && !came.includes(id))
  return { came, lost, missing, requests: account.requests }
}

function mixer(seed: number): (ids: readonly string[]) => string[] {
  let state = seed
  const random = (): number => (state = (state * 48_271) % 2_147_483_647)
  return (ids) =>
    ids
      .map((id) => ({ id, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ id }) => id)
}

describe('a walk through the pages', () => {
  test('gives what stays in a list once, however much comes and vanishes while it reads', async () => {
    const change = fc.record({
      // Up to two pages between two requests.
      added: fc.nat(2 * PAGE_SIZE),
      removed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.array(change, { maxLength: 12 }), async (count, changes) => {
        let next = 0
        const { came, lost } = await readAll({
          count,
          onRequest(account) {
            const { added = 0, removed = [] } = changes[account.requests - 1] ?? {}
            const ids = [...account.ids]
            for (const place of removed) ids.splice(Math.floor(place * ids.length), 1)
            for (let more = 0; more < added; more += 1) ids.unshift(`new-${next++}`)
            account.ids = ids
          },
        })
        expect([lost, came.length]).toEqual([[], new Set(came).size])
      }),
      { numRuns: 500 },
    )
  })

  test('gives what sorts alike and comes in another order each time, or says that it is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 2 ** 31 - 2 }), fc.boolean(), async (count, seed, all) => {
        const mix = mixer(seed)
        // Also where no order helps.
        const { came, lost, missing } = await readAll({
          count,
          order: (ids, isTied) => (isTied || all ? mix(ids) : ids),
        })
        expect([came.length, missing]).toEqual([new Set(came).size, lost.length])
      }),
      { numRuns: 300 },
    )
  })

  test.each<[string, NonNullable<AccountOptions['totalOf']>]>([
    ['is the number of items of the page', (items) => items],
    ['is 0', () => 0],
    ['is of a while ago', (_items, total) => total - (total % PAGE_SIZE) - 1],
    ['counts full pages only', (_items, total) => total - (total % PAGE_SIZE)],
  ])('reads on while pages are full where total %s', async (_what, totalOf) => {
    for (let count = PAGE_SIZE; count <= 4 * PAGE_SIZE; count += 1) {
      expect((await readAll({ count, totalOf })).lost, `of ${count}`).toEqual([])
    }
  })

  test('asks for one page more when the last one is full, as total may be too small', async () => {
    const { came, requests } = await readAll({ count: 10_000, pageSize: 1_000 })
    expect([came.length, requests]).toEqual([10_000, 11])
  })

  test('ends where total goes up and down from page to page, and has everything', async () => {
    let turn = 0
    const { lost, missing, requests } = await readAll({
      count: 60,
      totalOf: (_items, total) => (turn++ % 2 === 0 ? total : total - 20),
    })
    expect([lost, missing, requests < 60]).toEqual([[], 0, true])
  })
})
