import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NULLS_LEFT_OUT } from '../choices.ts'
import { anyFilters } from '../testing/any-filter.ts'
import { bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'
import { modelList, toSearch } from '../testing/list-model.ts'
import type { ModelItem } from '../testing/list-model.ts'

/** Case, composed and decomposed letters, marks of SQL, JSON and filters, and code points that UTF-16 would order wrongly. */
const MARKS = [
  'a',
  'A',
  'b',
  'e',
  'é',
  'e\u0301',
  'ß',
  'ss',
  'İ',
  'Σ',
  'ς',
  '%',
  '_',
  "'",
  '"',
  '\\',
  '\0',
  '\n',
  '\uFFFD',
  '🛒',
  '1',
  ' ',
  ',',
  ':',
]
const text = fc.string({ unit: fc.constantFrom(...MARKS), maxLength: 5 })
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null, freq: 3 })
const time = fc.constantFrom('2024-02-29 00:00:00', '2025-12-31 23:59:59', '2026-01-01 00:00:00')
const few = fc.integer({ min: 0, max: 3 })

const items = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom('main', 'main', 'other'),
    id: fc.integer({ min: 1, max: 2_000 }),
    creator_id: orNull(fc.constantFrom('1', '22')),
    resource: text,
    status: fc.constantFrom('ready', 'failed', 'made up'),
    name: text,
    description: orNull(text),
    size: orNull(few),
    extension: orNull(fc.constantFrom('csv', 'json')),
    mime_type: orNull(fc.constantFrom('text/csv', 'application/json')),
    attempt_count: few,
    download_count: few,
    failure_reason: orNull(text),
    expire_time: orNull(time),
    create_time: time,
    update_time: time,
  }),
  { selector: ({ id }) => id, maxLength: 12 },
)

const some = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values)
const someCount = some('0', '1', '02', '3', '-1', '99999999999999999999')
const someTime = some('2024-02-29', '2025-12-31 23:59:59', '2026-01-01', '2026-01-01 00:00:00', '9999-12-31')

const filters = anyFilters({
  id: fc.oneof(fc.integer({ min: 1, max: 2_000 }).map(String), some('1', '001', '17430755068336100383')),
  company_id: some('1000001', '2000001', '1'),
  creator_id: some('1', '22', '022', '333'),
  resource: text,
  status: some('ready', 'Ready', 'failed', 'made up', 'other'),
  name: text,
  description: text,
  size: someCount,
  extension: some('csv', 'CSV', 'json', 'xml'),
  mime_type: some('text/csv', 'application/json', 'text/*'),
  download_url: fc.oneof(
    fc.integer({ min: 1, max: 2_000 }).map((id) => `/v1/hood/customers/exports/${id}/download`),
    some('/', 'null'),
  ),
  attempt_count: someCount,
  download_count: someCount,
  failure_reason: text,
  expire_time: someTime,
  create_time: someTime,
  update_time: someTime,
})

const query = fc.record(
  {
    filters,
    fields: fc.subarray([...SELECTABLE_FIELDS], { minLength: 1 }),
    sort: fc.array(fc.constantFrom(...SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`])), {
      minLength: 1,
      maxLength: 4,
    }),
    page: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })),
    q: text,
    qFields: fc.subarray([...SEARCHABLE_FIELDS], { minLength: 1 }),
  },
  { requiredKeys: [] },
)

const COMPANIES: Readonly<Record<string, string>> = { main: '1000001', other: '2000001' }

function asSent({ account, ...item }: { account: string; id: number; status: string }): ModelItem {
  return {
    ...item,
    id: String(item.id),
    company_id: COMPANIES[account],
    download_url: item.status === 'ready' ? `/v1/hood/customers/exports/${item.id}/download` : null,
  }
}

describe('a list', () => {
  test('of any account’s exports, asked for in any way, is what the plain model says', async () => {
    const { sandbox, list } = bench({ items: 0, limits: 'off' })
    await fc.assert(
      fc.asyncProperty(items, fc.array(query, { minLength: 1, maxLength: 8 }), async (given, queries) => {
        for (const account of ['main', 'other']) await sandbox.setState('no exports exist', { account })
        for (const { id, ...members } of given) await sandbox.setState(`export ${id} exists`, members)
        for (const [account, token] of [
          ['main', sandbox.tokens.main],
          ['other', sandbox.tokens.otherAccount],
        ] as const) {
          const own = given.filter((item) => item.account === account).map(asSent)
          for (const asked of queries) expect(await list(toSearch(asked), { token })).toEqual(modelList(own, asked))
        }
      }),
      { numRuns: 500 },
    )
    sandbox.close()
  }, 60_000)

  test('without parameters has every member, in the order of the documentation', async () => {
    const { sandbox, list } = bench({ items: 3 })
    const { total, items: page } = await list()
    expect(total).toBe(3)
    expect(page.map((item) => Object.keys(item))).toEqual(page.map(() => SELECTABLE_FIELDS))
    sandbox.close()
  })

  test.each(['', '?fields=description,name', '?fields=failure_reason,size', '?view=default&sort=-size&q=e'])(
    'asked for with "%s" leaves out what has no value, and nothing else, when that is chosen',
    async (search) => {
      const [sent, leftOut] = [bench({ items: 300 }), bench({ items: 300, choices: NULLS_LEFT_OUT })]
      const { total, items: page } = await sent.list(search)
      const withoutNulls = page.map((item) =>
        Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)),
      )
      expect(withoutNulls).not.toEqual(page)
      expect(await leftOut.list(search)).toEqual({ total, items: withoutNulls })
      for (const { sandbox } of [sent, leftOut]) sandbox.close()
    },
  )

  test('is partitioned by its pages, whether there are gaps between the ids or not', async () => {
    const { sandbox, list } = bench({ items: 5, limits: 'off' })
    const ids = async (): Promise<unknown[]> => {
      const pages = [await list('?page=1,2'), await list('?page=2,2'), await list('?page=3,2'), await list('?page=4,2')]
      return pages.map(({ items: page }) => page.map(({ id }) => id))
    }
    expect(await ids()).toEqual([['1000004', '1000003'], ['1000002', '1000001'], ['1000000'], []])
    await sandbox.setState('export 42 exists')
    expect(await ids()).toEqual([['1000004', '1000003'], ['1000002', '1000001'], ['1000000', '42'], []])
    await sandbox.setState('export 1000005 exists')
    expect(await ids()).toEqual([['1000004', '1000003'], ['1000002', '1000001'], ['1000005', '1000000'], ['42']])
    sandbox.close()
  })

  test('has its deep pages in order, also once another export has come before them', async () => {
    const { sandbox, list } = bench({ items: 200, limits: 'off' })
    const idsOn = async (page: string): Promise<unknown[]> =>
      (await list(`?sort=-name&page=${page}`)).items.map(({ id }) => id)
    const all = [...(await idsOn('1,100')), ...(await idsOn('2,100'))]
    expect(await idsOn('3,60')).toEqual(all.slice(120, 180))
    await sandbox.setState('export 42 exists', { name: '\u{10FFFF}' })
    expect(await idsOn('3,60')).toEqual(['42', ...all].slice(120, 180))
    sandbox.close()
  })

  test('stays the same when a caller writes into the bytes of an answer', async () => {
    const { sandbox, send, list } = bench({ items: 3 })
    const before = await list()
    new Uint8Array(await (await send('/v1/hood/exports')).arrayBuffer()).fill(0)
    expect(await list()).toEqual(before)
    sandbox.close()
  })

  test('finds a resource without case, however many resources there are', async () => {
    const { sandbox, list } = bench({ items: 0, limits: 'off' })
    for (let id = 1; id <= 80; id += 1) await sandbox.setState(`export ${id} exists`, { resource: `Größe-${id}` })
    expect(
      (await list('?q=GR%C3%96SSE-7&q_fields=resource&fields=id&sort=create_time&page=1,20')).items.map(({ id }) => id),
    ).toEqual(['7', '70', '71', '72', '73', '74', '75', '76', '77', '78', '79'])
    sandbox.close()
  })

  test('finds a description, however many different ones there are', async () => {
    const { sandbox, list } = bench({ items: 0, limits: 'off' })
    for (let id = 1; id <= 200; id += 1) {
      await sandbox.setState(`export ${id} exists`, { description: `it's ${id % 2 === 0 ? 'even' : 'odd'} ${id}` })
    }
    expect((await list(`?q=${encodeURIComponent("IT'S EVEN")}&q_fields=description`)).total).toBe(100)
    expect((await list('?q=even+1&q_fields=description')).total).toBe(55)
    sandbox.close()
  })
})

describe('a list of 30,000 exports', () => {
  let large: Bench
  const all: ModelItem[] = []
  beforeAll(async () => {
    large = bench({ items: 30_000, limits: 'off' })
    for (let page = 1; page <= 30; page += 1) all.push(...(await large.list(`?page=${page},1000`)).items)
  })
  afterAll(() => large.sandbox.close())

  test('is partitioned by its pages, newest first', () => {
    expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 30_000 }, (_, index) => String(1_029_999 - index)))
  })

  const wide = fc.record(
    {
      fields: fc.constant(['id', 'name']),
      sort: fc.array(fc.constantFrom('name', '-size', 'status', '-status', 'expire_time', '-resource', 'mime_type'), {
        minLength: 1,
        maxLength: 3,
      }),
      // The first, the second half, around the last, and far behind it.
      page: fc.tuple(
        fc.constantFrom(1, 2, 3, 40, 99, 100, 101, 599, 600, 601, 9_000_000),
        fc.constantFrom(50, 299, 300),
      ),
      q: fc.constantFrom('', 'a', 'vip', 'VIP CUSTOMERS', 'č', '10000', 'agency', 'stopped', 'no such text', '1'),
      qFields: fc.subarray([...SEARCHABLE_FIELDS], { minLength: 1 }),
      filters: anyFilters({
        id: some('1000000', '1000017', '1029999', '1030000'),
        company_id: some('1000001', '2000001'),
        creator_id: some('1000001', '1000002', '7'),
        resource: some('quick-reports', 'tags', 'nothing'),
        status: some('ready', 'failed', 'cancelled', 'processing', 'nothing'),
        name: some('Christmas list - 22.05.2025 11:44:32', 'nothing'),
        description: some('help here', 'Only customers with consent', '', 'nothing'),
        size: some('0', '125', '1000', '1000000', '99999999'),
        extension: some('csv', 'xml', 'nothing'),
        mime_type: some('text/csv', 'text/plain', 'nothing/at-all'),
        download_url: some('/v1/hood/customers/exports/1000017/download', 'nothing'),
        attempt_count: some('0', '1', '3', '4'),
        download_count: some('0', '7', '30'),
        failure_reason: some('The storage was not available.', 'nothing'),
        expire_time: some('2025-12-31', '2026-01-01 00:01:00', '2026-07-01'),
        create_time: some('2021-07-30 12:50:13', '2024-07-09', '2025-07-01', '2025-12-31'),
        update_time: some('2021-07-30 12:50:13', '2024-07-09', '2025-07-01', '2025-12-31'),
      }),
    },
    { requiredKeys: ['fields'] },
  )

  test('is what the plain model says, by whichever way SQL takes to it', async () => {
    await fc.assert(
      fc.asyncProperty(wide, async (asked) => {
        expect(await large.list(toSearch(asked))).toEqual(modelList(all, asked))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
