import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createExportsClient } from '../../client.ts'
import type { ExportsClient } from '../../client.ts'
import type { ExportItem } from '../../export-item.ts'
import { createRateLimiter } from '../../rate-limit/limiter.ts'
import { buildItem } from '../../testing/build-item.ts'
import { walk } from './walk.ts'
import type { WalkOptions } from './walk.ts'

/** Larger pages are cut. */
const PAGE_SIZE = 5

/** Nothing waits. */
const NO_QUOTA = [{ name: 'raised', limit: 100_000, windowMs: 1_000 }]

/** What becomes of filters. `none-found`: they are taken for the text of a value, which nothing has. */
type Filters = 'honoured' | 'ignored' | 'refused' | 'none-found'

/** An account whose list may change between two requests. The newest export is the first. */
interface Account {
  exports: ExportItem[]
  /** What it says about how many there are; the truth, without it. */
  total?: number
  readonly requests: string[]
  readonly client: ExportsClient
}

interface AccountOptions {
  readonly filters?: Filters
  readonly onRequest?: (account: Account) => void
}

function createAccount(count: number, { filters = 'honoured', onRequest }: AccountOptions = {}): Account {
  const account: Account = {
    exports: Array.from({ length: count }, (_, index) => exportOf(count - 1 - index)),
    requests: [],
    client: createExportsClient({
      token: 'any',
      limiter: createRateLimiter({ windows: NO_QUOTA }),
      fetch: async (input, init) => {
        const { pathname, searchParams } = new URL(new Request(input, init).url)
        const [, id] = /\/(\d+)$/.exec(pathname) ?? []
        const filter = searchParams.get('id') ?? searchParams.get('create_time')
        account.requests.push(id ?? filter ?? 'list')
        if (filter !== null && filters === 'refused') {
          return Response.json({ code: 400, title: 'Bad request.' }, { status: 400 })
        }
        const matches = account.exports.filter((each) => id === undefined || each.id === id)
        if (id !== undefined && matches.length === 0) {
          return Response.json({ code: 404, title: 'Not found.' }, { status: 404 })
        }
        const found = matches.filter((each) => each.id.includes(searchParams.get('q') ?? '') && passes(each, filter))
        const [page = 1, size = PAGE_SIZE] = (searchParams.get('page') ?? '1').split(',').map(Number)
        const kept = Math.min(size, PAGE_SIZE)
        const items = found.slice((page - 1) * kept, page * kept)
        const answer = Response.json({ total: account.total ?? found.length, items })
        onRequest?.(account)
        return answer
      },
    }),
  }
  const passes = ({ id, create_time: createTime }: ExportItem, filter: string | null): boolean => {
    if (filter === null || filters === 'ignored') return true
    if (filters === 'none-found') return false
    const [operator, values = ''] = filter.split(/:(.*)/s)
    return operator === 'gte' ? createTime >= values : values.split(',').includes(id)
  }
  return account
}

/** Each is made a second after the one before. */
function exportOf(index: number): ExportItem {
  const createTime = new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString().slice(0, 19).replace('T', ' ')
  return buildItem({ id: String(1_000_000 + index), create_time: createTime })
}

function timeOf(index: number): string {
  return exportOf(index).create_time
}

async function walked(account: Account, options: Partial<WalkOptions> = {}) {
  const seen = new Set<string>()
  const found = new Map<string, string | undefined>()
  const refused: string[] = []
  const { client } = account
  const { signal } = new AbortController()
  const { until } = options
  const result = await walk({
    client,
    onFilterRefused: (filter) => void refused.push(Object.keys(filter).join()),
    signal,
    filter: until === undefined ? undefined : { create_time: { gte: until } },
    fits: (item) => until === undefined || item.create_time >= until,
    until: undefined,
    openIds: [],
    onPage: async ({ items }) => items.forEach(({ id }) => seen.add(id)),
    onFound: async (id, item) => void found.set(id, item?.id),
    ...options,
  })
  return { ...result, seen, found, refused }
}

describe('a walk through the list', () => {
  test('reads every page when nothing is known', async () => {
    const account = createAccount(12)
    const { seen, newest, total } = await walked(account)
    expect([seen.size, newest, total, account.requests.length]).toEqual([12, timeOf(11), 12, 3])
  })

  test('asks for what is not older than the earlier end, and for nothing else', async () => {
    const account = createAccount(100)
    const { seen } = await walked(account, { until: timeOf(93) })
    expect([seen.size, account.requests]).toEqual([7, [`gte:${timeOf(93)}`, `gte:${timeOf(93)}`]])
  })

  test.each<[Filters, number]>([
    ['ignored', 1],
    ['refused', 3],
  ])('ends with the page on which an earlier one has been where filters are %s', async (filters, requests) => {
    const account = createAccount(100, { filters })
    const { seen, refused } = await walked(account, { until: timeOf(97) })
    expect([seen.size, account.requests.length]).toEqual([5, requests])
    expect(refused).toEqual(filters === 'refused' ? ['create_time'] : [])
  })

  test('goes on when the second of the earlier end may have had more exports', async () => {
    const account = createAccount(100, { filters: 'ignored' })
    const { seen } = await walked(account, { until: timeOf(95) })
    expect([seen.size, account.requests.length]).toEqual([10, 2])
  })

  test('does not believe a filter that finds nothing where the list has something', async () => {
    const account = createAccount(100, { filters: 'none-found' })
    const { seen, newest } = await walked(account, { until: timeOf(95) })
    expect([seen.size, newest]).toEqual([10, timeOf(99)])
    expect(account.requests).toEqual([`gte:${timeOf(95)}`, 'list', 'list'])
  })

  test('believes a filter that finds nothing when the newest of the list are not asked for', async () => {
    const account = createAccount(100)
    const { seen, newest, total } = await walked(account, { until: timeOf(200) })
    expect([seen.size, newest, total]).toEqual([5, undefined, undefined])
    expect(account.requests).toEqual([`gte:${timeOf(200)}`, 'list'])
  })

  test('asks for open exports together, by their ids', async () => {
    const account = createAccount(100)
    const openIds = ['1000001', '1000002', '1000099']
    const { found } = await walked(account, { until: timeOf(97), openIds })
    expect([...found.keys()]).toEqual(['1000001', '1000002'])
    expect(account.requests).toEqual([`gte:${timeOf(97)}`, 'in:1000001,1000002'])
  })

  test('reads on where an answer about ids is cut', async () => {
    const account = createAccount(100)
    const openIds = Array.from({ length: 12 }, (_, index) => String(1_000_000 + index))
    const { found } = await walked(account, { until: timeOf(97), openIds })
    expect([...found.values()]).toEqual(openIds)
    expect(account.requests.map((request) => request.slice(0, 4))).toEqual(['gte:', 'in:1', 'in:1', 'in:1'])
  })

  test.each<Filters>(['ignored', 'refused'])(
    'asks for a few open exports one by one where filters are %s',
    async (filters) => {
      const account = createAccount(100, { filters })
      const { found } = await walked(account, { until: timeOf(97), openIds: ['1000001', '1000002', '1000099'] })
      expect([...found.keys()]).toEqual(['1000001', '1000002'])
      expect(account.requests.slice(-2)).toEqual(['1000001', '1000002'])
    },
  )

  test('reads on where filters are ignored and that costs less than asking', async () => {
    const account = createAccount(20, { filters: 'ignored' })
    const openIds = ['1000010', '1000011', '1000012', '1000013']
    const { found } = await walked(account, { until: timeOf(18), openIds })
    expect([found.size, account.requests.length]).toEqual([0, 3])
  })

  test('takes an export for gone when neither a look nor the list has it', async () => {
    const account = createAccount(100)
    account.exports = account.exports.filter(({ id }) => id !== '1000001')
    const { found } = await walked(account, { until: timeOf(97), openIds: ['1000001'] })
    expect([...found]).toEqual([['1000001', undefined]])
    expect(account.requests).toEqual([`gte:${timeOf(97)}`, '1000001', 'list'])
  })

  test('takes an export for gone that is missing among others and cannot be looked at', async () => {
    const account = createAccount(100)
    account.exports = account.exports.filter(({ id }) => id !== '1000001')
    const { found } = await walked(account, { until: timeOf(97), openIds: ['1000001', '1000002'] })
    expect([...found]).toEqual([
      ['1000001', undefined],
      ['1000002', '1000002'],
    ])
    expect(account.requests).toEqual([`gte:${timeOf(97)}`, 'in:1000001,1000002', '1000001'])
  })

  test('takes no export for gone because a filtered list ends without it', async () => {
    const account = createAccount(100)
    const { found } = await walked(account, { filter: { create_time: { gte: timeOf(97) } }, openIds: ['1000001'] })
    expect([...found]).toEqual([['1000001', '1000001']])
  })

  test('that finds an empty page before the end says how many exports there must be', async () => {
    const account = createAccount(10)
    account.total = 11
    const { seen, total } = await walked(account)
    expect([seen.size, total]).toEqual([10, 11])
  })

  test('ends when a total goes up and down from page to page', async () => {
    const account = createAccount(12, {
      onRequest: (changed) => void (changed.total = changed.requests.length % 2 === 0 ? 3 : 12),
    })
    expect((await walked(account)).seen.size).toBe(12)
  })

  test('misses no export, however many come and vanish while it reads', async () => {
    const change = fc.record({
      // Up to two pages between two requests.
      added: fc.nat(2 * PAGE_SIZE),
      removed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 7 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(40), fc.array(change, { maxLength: 12 }), async (count, changes) => {
        let next = count
        let step = 0
        const account = createAccount(count, {
          onRequest: (changed) => {
            const { added = 0, removed = [] } = changes[step++] ?? {}
            for (const place of removed) changed.exports.splice(Math.floor(place * changed.exports.length), 1)
            for (let more = 0; more < added; more += 1) changed.exports.unshift(exportOf(next++))
          },
        })
        const atTheStart = account.exports.map(({ id }) => id)
        const { seen } = await walked(account)
        const still = new Set(account.exports.map(({ id }) => id))
        const missed = atTheStart.filter((id) => still.has(id) && !seen.has(id))
        expect(missed).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
