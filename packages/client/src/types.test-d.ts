import { expectTypeOf, test } from 'vitest'
import { ExportsError, createExportsClient, isExportsError } from './index.ts'
import type {
  AnyExportsError,
  ExportField,
  ExportItem,
  ExportsClientOptions,
  ExportsErrorKind,
  ItemQuery,
  ListAllQuery,
  ListQuery,
} from './index.ts'

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
  // @ts-expect-error a page of the whole list
  void client.listAll({ page: 2 })
  // @ts-expect-error a single item has no order
  void client.get('1', { sort: ['name'] })
  // @ts-expect-error the predicate sees only what was asked for
  void client.waitUntil('1', (item) => item.name === 'x', { fields: ['status'] })
})

test('fields in a variable are taken, and each of them may be absent', async () => {
  const fields: readonly ExportField[] = ['id', 'name']
  const { items } = await client.list({ fields, q: undefined, sort: undefined, pageSize: undefined })
  expectTypeOf(items).toEqualTypeOf<readonly Partial<ExportItem>[]>()
  const only: ('id' | 'name')[] = ['id']
  expectTypeOf(await client.get('1', { fields: only })).toEqualTypeOf<{ id?: string; name?: string }>()
})

test('a fetch takes the URL and the init that it is called with', () => {
  const options: ExportsClientOptions[] = [
    { token: 'any', fetch: globalThis.fetch },
    { token: 'any', fetch: async (url: string, init: RequestInit) => new Response(`${init.method} ${url}`) },
    {
      token: 'any',
      fetch: (url: string | URL | Request) =>
        Promise.resolve(new Response(url instanceof Request ? url.url : url.toString())),
    },
  ]
  expectTypeOf(options).toBeArray()
  // @ts-expect-error it is not called with a Request
  options.push({ token: 'any', fetch: async (request: Request) => new Response(request.url) })
})

test('a filter is typed by the kind of each member', async () => {
  const { items } = await client.list({
    fields: ['id'],
    filter: {
      status: ['ready', 'never seen'],
      size: { gt: 1, lte: 9 },
      create_time: { gte: new Date() },
      id: { not: null },
    },
  })
  expectTypeOf(items).toEqualTypeOf<readonly { id: string }[]>()
  const status: string | undefined = undefined
  client.listAll({ filter: { status } })
  // @ts-expect-error no such member
  void client.list({ filter: { stauts: 'ready' } })
  // @ts-expect-error a text has no bounds
  void client.list({ filter: { status: { gt: 'a' } } })
  // @ts-expect-error an id is a string
  void client.list({ filter: { id: 1 } })
  // @ts-expect-error a size is a number
  void client.list({ filter: { size: '1' } })
  // @ts-expect-error two bounds on one side
  void client.list({ filter: { size: { gt: 1, gte: 2 } } })
  // @ts-expect-error a single item is not filtered
  void client.get('1', { filter: { status: 'ready' } })
})

test('numbers are numbers, however the API sends them', async () => {
  const item = await client.get('1', { fields: ['size', 'attempt_count', 'id'] })
  expectTypeOf(item).toEqualTypeOf<{ size: number | null; attempt_count: number; id: string }>()
})

test('an operation has an id, an export that is made has every member', async () => {
  expectTypeOf((await client.retry('1')).id).toEqualTypeOf<string>()
  expectTypeOf(await client.makeExport('1', { out: 'csv' })).toEqualTypeOf<ExportItem>()
  // @ts-expect-error no such format
  void client.exportQuickReport('1', { out: 'xlsx' })
})

test('a predicate sees what was asked for', () => {
  client.listAll({ fields: ['id', 'status'] }, { where: (item) => item.status === 'ready', limit: 5 })
  void client.waitUntil('1', (item) => item.status === 'ready')
})

test('a kind narrows an error to the facts that it always has', (error: AnyExportsError) => {
  if (error.kind === 'invalid-query') expectTypeOf([error.option, error.rule]).toEqualTypeOf<string[]>()
  if (error.kind === 'file') expectTypeOf([error.code, error.path]).toEqualTypeOf<string[]>()
  if (error.kind === 'server') expectTypeOf(error.status).toEqualTypeOf<number>()
  if (error.kind === 'network') expectTypeOf(error.status).toEqualTypeOf<number | undefined>()
  // @ts-expect-error an error is made with the facts of its kind
  void new ExportsError('file', 'The disk is full')
})

test('an error is discriminated by its kind', (error: unknown) => {
  if (isExportsError(error)) expectTypeOf(error.kind).toEqualTypeOf<ExportsErrorKind>()
  if (isExportsError(error, 'rate-limited')) {
    expectTypeOf(error.kind).toEqualTypeOf<'rate-limited'>()
    expectTypeOf(error.retryAfterMs).toBeNumber()
  }
})
