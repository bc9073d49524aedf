import { describe, expect, test } from 'vitest'
import { toResult } from './errors.ts'
import { CORES } from './fixtures/client-under-test.ts'
import type { Arrange } from './fixtures/client-under-test.ts'
import type { FetchLike } from './options.ts'
import { buildItems } from './testing/build-item.ts'

const ids = (count: number): string[] => buildItems(count).map(({ id }) => id)

describe.each(CORES)('a listing of a client %s', (_name, arrangeClient) => {
  const arrange: typeof arrangeClient = (options) => arrangeClient({ pageSize: 2, ...options })

  test('gives every item once, and reads no page past the end', async () => {
    const { client, pagesAsked } = arrange({ items: buildItems(5) })
    const found: string[] = []
    for await (const { id } of client.listAll({ fields: ['id'] })) found.push(id)
    expect(found).toEqual(ids(5))
    expect(pagesAsked()).toEqual(['1', '2', '3'])
  })

  test('sends nothing before it is iterated', () => {
    const { client, standIn } = arrange()
    void client.listAll()
    expect(standIn.requests).toEqual([])
  })

  test('an empty list is one request', async () => {
    const { client, standIn } = arrange({ items: [] })
    expect(await client.listAll().toArray()).toEqual([])
    expect(standIn.requests).toHaveLength(1)
  })

  test('has pages, with their numbers and the total', async () => {
    const { client } = arrange({ items: buildItems(3) })
    const pages = []
    for await (const { page, total, items } of client.listAll({ fields: ['id'] }).pages())
      pages.push([page, total, items.length])
    expect(pages).toEqual([
      [1, 3, 2],
      [2, 3, 1],
    ])
  })

  test('says after its first page what the rest costs, and gives that page out without asking again', async () => {
    const { client, pagesAsked } = arrange({ items: buildItems(30) })
    const listing = client.listAll({ fields: ['id'] })
    expect(await listing.plan()).toEqual({ total: 30, pages: 15, requests: 14, estimatedMs: 1_000 })
    for await (const item of listing) if (item.id === '1000001') break
    expect(pagesAsked()).toEqual(['1'])
  })

  test('an item’s members are exactly those that were asked for, though ids are read as well', async () => {
    const { client, standIn } = arrange({ items: buildItems(1) })
    expect(await client.listAll({ fields: ['status'] }).toArray()).toEqual([{ status: 'ready' }])
    expect(standIn.requests[0]?.url.searchParams.get('fields')).toBe('id,status')
  })

  test('a predicate runs over the pages that are read, and enough is enough', async () => {
    const { client, pagesAsked } = arrange({ items: buildItems(9) })
    const listing = client.listAll({ fields: ['id'] }, { where: ({ id }) => Number(id) % 2 === 1, limit: 2 })
    expect(await listing.toArray()).toEqual([{ id: '1000001' }, { id: '1000003' }])
    expect(pagesAsked()).toEqual(['1', '2'])
  })

  test('a predicate that gives a promise is refused: it would always say yes', async () => {
    const { client } = arrange({ items: buildItems(2) })
    const where = (async () => false) as unknown as () => boolean
    expect((await toResult(client.listAll({}, { where }).toArray())).error).toMatchObject({
      kind: 'invalid-options',
      message: 'where returned a promise; it must return a boolean synchronously',
    })
  })

  test('an item that moved to the next page is given once, and reported', async () => {
    const { client, standIn, events } = arrange({ items: buildItems(4) })
    const found: string[] = []
    for await (const { id } of client.listAll({ fields: ['id'] })) {
      found.push(id)
      if (id === '1000001') standIn.items = [{ id: '999' }, ...buildItems(4)]
    }
    expect(found).toEqual(ids(4))
    expect(events).toContainEqual({ type: 'repeated-item', page: 2, id: '1000001' })
    expect(events).toContainEqual({ type: 'total-changed', page: 2, from: 4, to: 5 })
  })

  test('an item that comes twice, in one page or two pages later, is given once, and reported', async () => {
    const { client, standIn, events } = arrange()
    const page = (...found: string[]) =>
      ({ kind: 'answer', body: JSON.stringify({ total: 5, items: found.map((id) => ({ id })) }) }) as const
    standIn.next(page('1', '2'), page('3', '3'), page('1', '4'), page('5'))
    expect((await client.listAll().toArray()).map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5'])
    expect(events.filter(({ type }) => type === 'repeated-item')).toEqual([
      { type: 'repeated-item', page: 2, id: '3' },
      { type: 'repeated-item', page: 3, id: '1' },
    ])
  })

  test('new items that push only old ones onto a page do not end it', async () => {
    const { client, standIn } = arrange({ items: buildItems(4) })
    const found: string[] = []
    for await (const { id } of client.listAll({ fields: ['id'] })) {
      found.push(id)
      if (id === '1000001') standIn.items = [{ id: '998' }, { id: '999' }, ...buildItems(4)]
    }
    expect(found).toEqual(ids(4))
  })

  test('a server that grows for ever and has nothing new is left after twenty pages, which are read once more', async () => {
    const { client, standIn, clock, events } = arrange()
    const grown = (total: number) =>
      ({ kind: 'answer', body: JSON.stringify({ total, items: [{ id: '1' }] }) }) as const
    standIn.next(...Array.from({ length: 99 }, (_, index) => grown(100 + index)))
    expect(await clock.runUntilSettled(client.listAll().toArray())).toEqual([{ id: '1' }])
    expect(standIn.requests).toHaveLength(2 * 21)
    expect(events).toContainEqual({ type: 'incomplete', missing: 99, total: 141 })
  })

  test('a plan and an iteration that start together read the first page once', async () => {
    const { client, pagesAsked } = arrange({ items: buildItems(5) })
    const listing = client.listAll({ fields: ['id'] })
    const [plan, items] = await Promise.all([listing.plan(), listing.toArray()])
    expect(plan).toMatchObject({ total: 5, pages: 3 })
    expect(items.map(({ id }) => id)).toEqual(ids(5))
    expect(pagesAsked()).toEqual(['1', '2', '3'])
  })

  test('an item without an id is no item: it could be any of the others', async () => {
    const { client, standIn } = arrange()
    standIn.next({ kind: 'answer', body: '{"total":2,"items":[{"id":"1"},{"name":"x"}]}' })
    const { error } = await toResult(client.listAll().toArray())
    expect(error).toMatchObject({
      kind: 'invalid-response',
      message: expect.stringContaining('Page 1'),
      cursor: expect.any(String),
    })
  })

  test('a server that repeats its last page for ever is left after one repetition, read once more', async () => {
    const { client, standIn } = arrange()
    const body = JSON.stringify({ total: 1_000_000, items: [{ id: '1' }, { id: '2' }] })
    standIn.next(...Array.from({ length: 9 }, () => ({ kind: 'answer', body }) as const))
    expect(await client.listAll().toArray()).toEqual([{ id: '1' }, { id: '2' }])
    expect(standIn.requests).toHaveLength(4)
  })

  test('a list that shrinks while it is read ends', async () => {
    const { client, standIn, pagesAsked } = arrange({ items: buildItems(6) })
    for await (const { id } of client.listAll({ fields: ['id'] })) if (id === '1000001') standIn.items = buildItems(2)
    expect(pagesAsked()).toEqual(['1', '2', '1'])
  })

  test('an item that a deletion pulls to a page that was read already is given all the same', async () => {
    const { client, standIn, pagesAsked } = arrange({ items: buildItems(10), pageSize: 3 })
    const found: string[] = []
    for await (const { id } of client.listAll({ fields: ['id'] })) {
      found.push(id)
      if (id === '1000002') standIn.items = buildItems(10).filter((item) => item.id !== '1000001')
    }
    expect(found.toSorted()).toEqual(ids(10))
    expect(pagesAsked()).toEqual(['1', '2', '1', '2', '3', '4'])
  })

  test('a filter is asked of the API: three among ten thousand are one request', async () => {
    const ready = buildItems(3, { status: 'ready' })
    const others = buildItems(9_997, { status: 'expired' }).map((item) => ({ ...item, id: `2${item.id}` }))
    const { client, standIn } = arrange({ items: [...others, ...ready], pageSize: 10 })
    const found = await client.listAll({ fields: ['id'], filter: { status: 'ready' } }).toArray()
    expect(found.map(({ id }) => id)).toEqual(ids(3))
    expect(standIn.requests.map(({ url }) => url.search)).toEqual(['?fields=id&status=ready&page=1'])
  })

  test.each([undefined, 2])('an abort ends it between two items, with a limit of %s, too', async (limit) => {
    const { client } = arrange({ items: buildItems(4) })
    const controller = new AbortController()
    const found: string[] = []
    const listing = client.listAll({ fields: ['id'], pageSize: 4 }, { signal: controller.signal, limit })
    const { error } = await toResult(
      (async () => {
        for await (const { id } of listing) {
          found.push(id)
          controller.abort()
        }
      })(),
    )
    expect(error).toMatchObject({ kind: 'aborted', name: 'AbortError' })
    expect(found).toEqual(['1000000'])
  })

  test('an abort ends it before a page that was read already is given', async () => {
    const { client } = arrange({ items: buildItems(4) })
    const controller = new AbortController()
    const listing = client.listAll({ fields: ['id'] }, { signal: controller.signal })
    await listing.plan()
    controller.abort()
    expect((await toResult(listing.pages().next())).error).toMatchObject({ kind: 'aborted' })
  })

  test.each<[string, (page: number, items: number) => number]>([
    ['is the size of the page', (_page, items) => items],
    ['is what is left', (page) => Math.max(0, 95 - (page - 1) * 10)],
    ['is 0 while the API counts', () => 0],
    ['is of a while ago', () => 85],
  ])('a total that %s ends no list: pages go on while they are full', async (_what, totalOf) => {
    let requests = 0
    const { client, clock } = arrangeClient(
      {},
      { fetch: answering(ids(95), { totalOf, onRequest: () => (requests += 1) }) },
    )
    const found = await clock.runUntilSettled(client.listAll({ fields: ['id'], pageSize: 10 }).toArray())
    expect(found.map(({ id }) => id)).toEqual(ids(95))
    expect(requests).toBeLessThan(20)
  })

  test('an empty page before the end is passed over', async () => {
    const { client, standIn } = arrange({ items: buildItems(6) })
    const page = (...found: string[]) =>
      ({ kind: 'answer', body: JSON.stringify({ total: 6, items: found.map((id) => ({ id })) }) }) as const
    standIn.next(page('1000000', '1000001'), page())
    const found = await client.listAll({ fields: ['id'] }).toArray()
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids(6))
  })

  test('items that sort alike and come in another order at each request are all given, once', async () => {
    const shuffle = mixer()
    const fetch = answering(ids(95), { order: (all, sort) => (sort.length > 1 ? all : shuffle(all)) })
    const { client, clock, events } = arrangeClient({}, { fetch })
    const listing = client.listAll({ fields: ['id'], sort: ['-create_time'], pageSize: 10 })
    const found = await clock.runUntilSettled(listing.toArray())
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids(95))
    expect(events.some(({ type }) => type === 'incomplete')).toBe(false)
  })

  test('what total counts and no page has is reported, and an error behind the last item when asked for', async () => {
    const fetch = answering(ids(5), { totalOf: () => 7 })
    const { client, events, fails } = arrangeClient({}, { fetch })
    expect(await client.listAll({ pageSize: 2 }).toArray()).toHaveLength(5)
    expect(events).toContainEqual({ type: 'incomplete', missing: 2, total: 7 })
    const found: string[] = []
    const walk = async (): Promise<void> => {
      for await (const { id } of client.listAll({ pageSize: 2 }, { onIncomplete: 'fail' })) found.push(id)
    }
    expect(await fails(walk())).toMatchObject({ kind: 'incomplete', missing: 2 })
    expect(found).toEqual(ids(5))
  })

  test('a list that grows while it is read is not incomplete', async () => {
    const { client, standIn, events, pagesAsked } = arrange({ items: buildItems(5) })
    for await (const { id } of client.listAll({ fields: ['id'] })) {
      if (id === '1000001') standIn.items = [{ id: '999' }, ...buildItems(5)]
    }
    expect(events.some(({ type }) => type === 'incomplete')).toBe(false)
    expect(pagesAsked()).toEqual(['1', '2', '3', '4'])
  })

  test('pages are capped when asked', async () => {
    const { client } = arrange({ items: buildItems(9) })
    expect(await client.listAll({}, { maxPages: 2 }).toArray()).toHaveLength(4)
  })

  test('reads one page ahead while there is spare budget, in order, and not past the end', async () => {
    const { client, standIn, clock, pagesAsked } = arrange({ items: buildItems(3), latencyMs: () => 10 })
    const listing = client.listAll({ fields: ['id'] }, { prefetch: 'spare' })
    const first = await clock.runUntilSettled(listing[Symbol.asyncIterator]().next())
    expect(first.value).toEqual({ id: '1000000' })
    await clock.advance(10)
    expect(pagesAsked()).toEqual(['1', '2'])
    expect((await clock.runUntilSettled(listing.toArray())).map(({ id }) => id)).toEqual(['1000001', '1000002'])
    expect(standIn.requests).toHaveLength(2)
  })
})

describe.each(CORES)('a cursor of a client %s', (_name, arrangeClient) => {
  const arrange: typeof arrangeClient = (options) => arrangeClient({ pageSize: 2, ...options })

  test('resumes in the middle of a page, and repeats nothing', async () => {
    const { client, pagesAsked } = arrange({ items: buildItems(5) })
    const listing = client.listAll({ fields: ['id'] })
    const before: string[] = []
    for await (const { id } of listing) {
      before.push(id)
      if (before.length === 3) break
    }
    const stored = JSON.parse(JSON.stringify({ cursor: listing.cursor })) as { cursor: string }
    const after = await client.listAll({ fields: ['id'] }, stored).toArray()
    expect([...before, ...after.map(({ id }) => id)]).toEqual(ids(5))
    expect(pagesAsked()).toEqual(['1', '2', '2', '3'])
  })

  test('stored at the last item of a page resumes with the next page', async () => {
    const { client } = arrange({ items: buildItems(5) })
    const first = client.listAll({ fields: ['id'] })
    const found: string[] = []
    for await (const { id } of first) {
      found.push(id)
      if (found.length === 2) break
    }
    const rest = await client.listAll({ fields: ['id'] }, { cursor: first.cursor }).toArray()
    expect([...found, ...rest.map(({ id }) => id)]).toEqual(ids(5))
  })

  test('resumes in the same iteration, too: a listing that failed goes on where it was', async () => {
    const { client, standIn } = arrange({ items: buildItems(4) })
    const listing = client.listAll({ fields: ['id'] })
    const firstPage = JSON.stringify({ total: 4, items: buildItems(2).map(({ id }) => ({ id })) })
    standIn.next({ kind: 'answer', body: firstPage }, { kind: 'status', status: 401 })
    const found: string[] = []
    const walk = async () => {
      for await (const { id } of listing) found.push(id)
    }
    expect((await toResult(walk())).error).toMatchObject({ kind: 'unauthorized' })
    await walk()
    expect(found).toEqual(ids(4))
  })

  test('stands on the error that ended a listing', async () => {
    const { client, standIn } = arrange({ items: buildItems(4) })
    const firstPage = JSON.stringify({ total: 4, items: buildItems(2).map(({ id }) => ({ id })) })
    standIn.next({ kind: 'answer', body: firstPage }, { kind: 'status', status: 401 })
    const found: string[] = []
    const { error } = await toResult(
      (async () => {
        for await (const { id } of client.listAll({ fields: ['id'] })) found.push(id)
      })(),
    )
    expect(error).toMatchObject({ kind: 'unauthorized', cursor: expect.any(String) })
    const rest = await client.listAll({ fields: ['id'] }, { cursor: error?.cursor }).toArray()
    expect([...found, ...rest.map(({ id }) => id)]).toEqual(ids(4))
  })

  test.each([
    ['text that is none', 'page 2', 'cursor: "page 2" is not a cursor that listAll gave out'],
    [
      'one of another query',
      JSON.stringify({ v: 1, page: 1, recentIds: [], query: { q: 'x' } }),
      'belongs to the query {"q":"x"}, not to {}',
    ],
    ['one that was changed', JSON.stringify({ v: 1, page: 0, recentIds: [], query: {} }), 'not a cursor'],
  ])('%s is refused', (_title, cursor, message) => {
    const { client } = arrange()
    expect(() => client.listAll({}, { cursor })).toThrow(message)
  })

  test('holds no token', () => {
    const { client } = arrange()
    expect(client.listAll({ q: 'x' }).cursor).toBe('{"v":1,"page":1,"recentIds":[],"query":{"q":"x"}}')
  })
})

/** A provider that refuses or cuts pages above a size. */
function withLargestPage(fetch: FetchLike, largest: number, manner: 'refuses' | 'cuts'): FetchLike {
  return (input, init) => {
    const url = new URL(input)
    const [page, size = 0] = url.searchParams.get('page')?.split(',').map(Number) ?? []
    if (size <= largest) return fetch(input, init)
    if (manner === 'refuses') {
      return Promise.resolve(Response.json({ code: 400, title: 'Bad request.' }, { status: 400 }))
    }
    url.searchParams.set('page', `${page},${largest}`)
    return fetch(url.href, init)
  }
}

describe('a page size', () => {
  const arrange = CORES[1]?.[1] as Arrange
  const limited = (largest: number, manner: 'refuses' | 'cuts', count = 120) => {
    const asked: (string | null)[] = []
    const { standIn } = arrange({ items: buildItems(count), pageSize: 10 })
    const fetch = withLargestPage(standIn.fetch, largest, manner)
    const { client } = arrange(
      {},
      {
        fetch: (input, init) => {
          asked.push(new URL(input).searchParams.get('page'))
          return fetch(input, init)
        },
      },
    )
    return { client, asked }
  }

  test('that the API refuses is halved until it is taken, and the client remembers', async () => {
    const { client, asked } = limited(50, 'refuses')
    expect((await client.listAll({ fields: ['id'], pageSize: 100 }).toArray()).map(({ id }) => id)).toEqual(ids(120))
    expect(asked).toEqual(['1,100', '1', '1,50', '2,50', '3,50'])
    asked.length = 0
    expect(await client.listAll({ fields: ['id'], pageSize: 100 }).toArray()).toHaveLength(120)
    expect(asked).toEqual(['1,50', '2,50', '3,50'])
  })

  test('that the API cuts is the size of the pages that follow: no item lies between them', async () => {
    const { client, asked } = limited(50, 'cuts')
    expect((await client.listAll({ fields: ['id'], pageSize: 100 }).toArray()).map(({ id }) => id)).toEqual(ids(120))
    expect(asked).toEqual(['1,100', '2,50', '3,50'])
  })

  test('is not blamed for another mistake: that costs one more request', async () => {
    const { client, standIn } = arrange()
    const refusal = { kind: 'status', status: 400 } as const
    standIn.next(refusal, refusal)
    const { error } = await toResult(client.listAll({ pageSize: 100 }).toArray())
    expect(error).toMatchObject({ kind: 'bad-request', url: '/v1/hood/exports?page=1,100' })
    expect(standIn.requests).toHaveLength(2)
  })

  test('that was cut is kept in a cursor', async () => {
    const { client, asked } = limited(50, 'cuts')
    const first = client.listAll({ fields: ['id'], pageSize: 100 })
    const given = await first.pages().next()
    const { cursor } = first
    const rest = await client.listAll({ fields: ['id'], pageSize: 100 }, { cursor }).toArray()
    expect([...(given.value?.items ?? []), ...rest].map(({ id }) => id)).toEqual(ids(120))
    expect(asked).toEqual(['1,100', '1,50', '2,50', '3,50'])
  })
})

interface AnsweringOptions {
  readonly totalOf?: (page: number, items: number) => number
  readonly order?: (all: readonly string[], sort: readonly string[]) => readonly string[]
  readonly onRequest?: () => void
}

/** A provider of items by their ids, with a total or an order of its own. */
function answering(all: readonly string[], options: AnsweringOptions): FetchLike {
  const { totalOf = () => all.length, order = () => all, onRequest } = options
  return async (input) => {
    onRequest?.()
    const { searchParams } = new URL(input)
    const [page = 1, size = 10] = (searchParams.get('page') ?? '').split(',').map(Number)
    const ordered = order(all, (searchParams.get('sort') ?? '').split(','))
    const items = ordered.slice((page - 1) * size, page * size).map((id) => ({ id }))
    return Response.json({ total: totalOf(page, items.length), items })
  }
}

/** Shuffles, each time in another way, and in each run of the tests the same. */
function mixer(): (all: readonly string[]) => string[] {
  let seed = 1
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647)
  return (all) =>
    all
      .map((id) => ({ id, key: random() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ id }) => id)
}
