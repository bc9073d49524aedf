import { expectTypeOf, test } from 'vitest'
import { createExportsClient, isExportsError } from './index.ts'
import type { ExportItem, ExportsErrorKind, ItemQuery, ListAllQuery, ListQuery } from './index.ts'

const client = createExportsClient({ token: 'token' })

test('with fields an item has exactly those members', async () => {
  const { items } = await client.list({ fields: ['id', 'name', 'size'] })
  expectTypeOf(items).toEqualTypeOf<readonly { id: string; name: string; size: number | null }[]>()
  // @ts-expect-error status was not asked for
  void items[0]?.status
  for await (const item of client.listAll({ fields: ['status'] }))
    expectTypeOf(item).toEqualTypeOf<{ status: ExportItem['status'] }>()
  expectTypeOf(await client.get('1', { fields: ['id'] })).toEqualTypeOf<{ id: string }>()
})

test('the full view has every member, the default view may leave any but the id out', async () => {
  expectTypeOf(await client.get('1', { view: 'full' })).toEqualTypeOf<ExportItem>()
  const item = await client.get('1')
  expectTypeOf(item.id).toEqualTypeOf<string>()
  expectTypeOf(item.name).toEqualTypeOf<string | undefined>()
})

test('a status is completed, and open to values never seen', () => {
  expectTypeOf<'ready'>().toExtend<ExportItem['status']>()
  expectTypeOf<string>().toExtend<ExportItem['status']>()
})

test('a query in a variable, with any of the parameters or none, is taken as well', () => {
  const call = (one?: ItemQuery, all?: ListAllQuery, page?: ListQuery): unknown[] => [
    client.get('1', one),
    client.listAll(all),
    client.list(page),
  ]
  expectTypeOf(call).toBeFunction()
})

test('what cannot be right does not compile', () => {
  // @ts-expect-error id is not sortable
  void client.list({ sort: ['id'] })
  // @ts-expect-error failure_reason is failed_reason on the wire
  void client.list({ q: 'x', qFields: ['failure_reason'] })
  // @ts-expect-error qFields without q
  void client.list({ qFields: ['name'] })
  // @ts-expect-error fields and view
  void client.list({ fields: ['id'], view: 'full' })
  // @ts-expect-error no such field
  void client.list({ fields: ['nmae'] })
  // @ts-expect-error no fields at all
  void client.list({ fields: [] })
  // @ts-expect-error a page of the whole list
  void client.listAll({ page: 2 })
  // @ts-expect-error a single item has no order
  void client.get('1', { sort: ['name'] })
  // @ts-expect-error the predicate sees only what was asked for
  void client.waitUntil('1', (item) => item.name === 'x', { fields: ['status'] })
})

test('a predicate sees what was asked for', () => {
  client.listAll({ fields: ['id', 'status'] }, { where: (item) => item.status === 'ready', limit: 5 })
  void client.waitUntil('1', (item) => item.status === 'ready')
})

test('an error is discriminated by its kind', (error: unknown) => {
  if (isExportsError(error)) expectTypeOf(error.kind).toEqualTypeOf<ExportsErrorKind>()
  if (isExportsError(error, 'rate-limited')) {
    expectTypeOf(error.kind).toEqualTypeOf<'rate-limited'>()
    expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>()
  }
})
