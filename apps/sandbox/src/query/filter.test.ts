import { FILTER_KINDS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIST, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

/** Four exports, oldest first; `null` where a member can be. */
const EXPORTS = [
  {
    id: 1,
    creator_id: '17',
    resource: 'tags',
    status: 'ready',
    name: 'One, two',
    description: 'help here',
    size: 100,
    extension: 'csv',
    mime_type: 'text/csv',
    attempt_count: 1,
    download_count: 0,
    failure_reason: null,
    expire_time: '2026-01-31 00:00:00',
    create_time: '2025-12-01 00:00:00',
    update_time: '2025-12-01 10:00:00',
  },
  {
    id: 2,
    creator_id: '18',
    resource: 'Tags',
    status: 'failed',
    name: 'is:',
    description: 'Help here',
    size: null,
    extension: null,
    mime_type: null,
    attempt_count: 3,
    download_count: 0,
    failure_reason: 'No space',
    expire_time: null,
    create_time: '2025-12-02 00:00:00',
    update_time: '2025-12-02 00:00:00',
  },
  {
    id: 20,
    creator_id: null,
    resource: 'events',
    status: 'ready',
    name: 'eq:in:a',
    description: null,
    size: 200,
    extension: 'json',
    mime_type: 'application/json',
    attempt_count: 2,
    download_count: 5,
    failure_reason: 'No space',
    expire_time: null,
    create_time: '2025-12-02 12:30:00',
    update_time: '2025-12-03 00:00:00',
  },
  {
    id: 100,
    creator_id: '17',
    resource: 'events',
    status: 'processing',
    name: 'Größe + 50 %',
    description: '',
    size: 300,
    extension: 'csv',
    mime_type: 'text/csv',
    attempt_count: 1,
    download_count: 9,
    failure_reason: null,
    expire_time: '2026-02-28 23:59:59',
    create_time: '2025-12-03 00:00:00',
    update_time: '2025-12-03 00:00:00',
  },
]

let at: Bench
beforeAll(async () => {
  at = bench({ items: 0, limits: 'off' })
  for (const { id, ...members } of EXPORTS) await at.sandbox.setState(`export ${id} exists`, members)
})
afterAll(() => at.sandbox.close())

const encoded = (search: string): string => search.replaceAll(' ', '%20').replaceAll('ö', '%C3%B6')

/** The ids that are found, oldest first. */
async function found(search: string): Promise<number[]> {
  const { total, items } = await at.list(`?${encoded(search)}&fields=id&sort=create_time`)
  expect(items).toHaveLength(total)
  return items.map(({ id }) => Number(id))
}

describe('a text is filtered by', () => {
  test.each([
    ['status=ready', [1, 20]],
    ['status=eq:ready', [1, 20]],
    ['status=neq:ready', [2, 100]],
    ['status=in:ready,failed', [1, 2, 20]],
    ['status=in:ready', [1, 20]],
    ['status=nin:ready,failed', [100]],
    ['status=is:', [1, 2, 20, 100]],
    ['status=isn:', []],
    ['status=READY', []],
    ['status=nothing', []],
    ['status=', []],
    ['status=in:ready,ready', [1, 20]],
    ['resource=tags', [1]],
    ['resource=in:tags,Tags', [1, 2]],
    ['name=One, two', [1]],
    ['name=eq:is:', [2]],
    ['name=eq:eq:in:a', [20]],
    ['name=Größe %2B 50 %25', [100]],
    ['name=Größe+%2B+50+%25', [100]],
    ['name=neq:One, two', [2, 20, 100]],
    ['description=help here', [1]],
    ['description=eq:', [100]],
    ['description=neq:help here', [2, 20, 100]],
    ['description=neq:never stored', [1, 2, 20, 100]],
    ['description=in:help here,Help here', [1, 2]],
    ['description=nin:help here,Help here', [20, 100]],
    ['description=is:', [1, 2, 100]],
    ['description=isn:', [20]],
    ['extension=csv', [1, 100]],
    ['extension=nin:csv', [2, 20]],
    ['mime_type=text/csv', [1, 100]],
    ['mime_type=isn:', [2]],
    ['failure_reason=No space', [2, 20]],
    ['failure_reason=isn:', [1, 100]],
    ['failed_reason=No space', [1, 2, 20, 100]],
    ['download_url=is:', [1, 20]],
    ['download_url=isn:', [2, 100]],
    ['download_url=/v1/hood/customers/exports/20/download', [20]],
    ['download_url=/v1/hood/customers/exports/2/download', []],
    ['download_url=neq:/v1/hood/customers/exports/20/download', [1, 2, 100]],
  ])('%s', async (search, ids) => {
    expect(await found(search)).toEqual(ids)
  })
})

describe('an id is filtered by', () => {
  test.each([
    ['id=1', [1]],
    ['id=eq:20', [20]],
    ['id=neq:20', [1, 2, 100]],
    ['id=in:100,1,7', [1, 100]],
    ['id=nin:100,1,7', [2, 20]],
    ['id=is:', [1, 2, 20, 100]],
    ['id=isn:', []],
    ['id=01', []],
    ['id=17430755068336100383', []],
    ['id=neq:17430755068336100383', [1, 2, 20, 100]],
    ['id=in:17430755068336100383,2', [2]],
    ['id=nin:17430755068336100383,2', [1, 20, 100]],
    ['company_id=1000001', [1, 2, 20, 100]],
    ['company_id=2000001', []],
    ['company_id=nin:2000001,3000001', [1, 2, 20, 100]],
    ['company_id=neq:1000001', []],
    ['creator_id=17', [1, 100]],
    ['creator_id=neq:17', [2, 20]],
    ['creator_id=nin:17,18', [20]],
    ['creator_id=isn:', [20]],
  ])('%s', async (search, ids) => {
    expect(await found(search)).toEqual(ids)
  })
})

describe('a number is filtered by', () => {
  test.each([
    ['size=200', [20]],
    ['size=0200', [20]],
    ['size=eq:200', [20]],
    ['size=neq:200', [1, 2, 100]],
    ['size=gt:200', [100]],
    ['size=gte:200', [20, 100]],
    ['size=lt:200', [1]],
    ['size=lte:200', [1, 20]],
    ['size=in:100,300', [1, 100]],
    ['size=nin:100,300', [2, 20]],
    ['size=is:', [1, 20, 100]],
    ['size=isn:', [2]],
    ['size=r:100,300', [20]],
    ['size=rf:100,300', [1, 20, 100]],
    ['size=rl:100,300', [1, 20]],
    ['size=rr:100,300', [20, 100]],
    ['size=rf:300,100', []],
    ['size=gte:-1', [1, 20, 100]],
    ['size=gt:99999999999999999999', []],
    ['size=lt:99999999999999999999', [1, 20, 100]],
    [`size=nin:${'9'.repeat(400)},100`, [2, 20, 100]],
    ['attempt_count=gte:2', [2, 20]],
    ['download_count=0', [1, 2]],
  ])('%s', async (search, ids) => {
    expect(await found(search)).toEqual(ids)
  })
})

describe('a time is filtered by', () => {
  test.each([
    ['create_time=2025-12-02', [2]],
    ['create_time=2025-12-02 00:00:00', [2]],
    ['create_time=2025-12-02+12:30:00', [20]],
    ['create_time=neq:2025-12-02', [1, 20, 100]],
    ['create_time=gt:2025-12-02', [20, 100]],
    ['create_time=gte:2025-12-02', [2, 20, 100]],
    ['create_time=lt:2025-12-02 12:30:00', [1, 2]],
    ['create_time=lte:2025-12-02 12:30:00', [1, 2, 20]],
    ['create_time=in:2025-12-01,2025-12-02 12:30:00', [1, 20]],
    ['create_time=nin:2025-12-01,2025-12-02 12:30:00', [2, 100]],
    ['create_time=r:2025-12-01,2025-12-03', [2, 20]],
    ['create_time=rf:2025-12-01,2025-12-03', [1, 2, 20, 100]],
    ['create_time=rl:2025-12-01,2025-12-03', [1, 2, 20]],
    ['create_time=rr:2025-12-01,2025-12-03', [2, 20, 100]],
    ['create_time=lte:2024-02-29', []],
    ['expire_time=isn:', [2, 20]],
    ['expire_time=is:', [1, 100]],
    ['expire_time=lt:2026-02-01', [1]],
    ['expire_time=neq:2026-01-31', [2, 20, 100]],
    ['expire_time=rf:0000-01-01,9999-12-31', [1, 100]],
    ['update_time=2025-12-03', [20, 100]],
  ])('%s', async (search, ids) => {
    expect(await found(search)).toEqual(ids)
  })
})

describe('filters', () => {
  test('of several members must all hold', async () => {
    expect(await found('status=ready&extension=json&size=gt:100')).toEqual([20])
    expect(await found('status=ready&extension=csv&size=gt:100')).toEqual([])
  })

  test('go together with a search, a view, an order and a page, and total counts what is filtered', async () => {
    const search = '?status=neq:failed&q=e&q_fields=name,resource&sort=-size&page=2,1&fields=id,size'
    expect(await at.list(search)).toEqual({ total: 3, items: [{ id: '20', size: 200 }] })
    const { total, items } = await at.list('?id=1&view=default')
    expect([total, items[0]?.['description']]).toEqual([1, undefined])
  })

  test('show the exports of no other account', async () => {
    const { tokens } = at.sandbox
    expect((await at.list('?id=2000000000&company_id=2000001')).total).toBe(0)
    expect((await at.list('?id=in:1,2000000000', { token: tokens.otherAccount })).items).toMatchObject([
      { id: '2000000000' },
    ])
  })

  test('of a view, a download and a retry are ignored, as parameters that have no meaning there', async () => {
    expect((await at.ask(`${LIST}/1?status=failed&size=what`)).status).toBe(200)
    expect((await at.ask(`${LIST}/1/download?status=failed&size=what`)).status).toBe(200)
  })

  test('see what has changed since they were last asked', async () => {
    const { sandbox, ask, list, clock } = bench({ items: 0 })
    await sandbox.setState('export 7 is being prepared', { seconds: 10 })
    expect((await list('?status=ready')).total).toBe(0)
    clock.advance(10_000)
    expect((await list('?status=ready')).total).toBe(1)
    expect((await list('?download_count=0')).total).toBe(1)
    await ask(`${LIST}/7/download`)
    expect((await list('?download_count=0')).total).toBe(0)
    await sandbox.setState('export 8 exists', { description: 'new here' })
    expect((await list('?description=new here')).total).toBe(1)
    sandbox.close()
  })

  test('are taken of every member', () => {
    expect(Object.keys(FILTER_KINDS)).toEqual(SELECTABLE_FIELDS)
  })
})
