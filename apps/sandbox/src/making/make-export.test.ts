import { describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_MAKING_SECONDS } from '../choices.ts'
import type { SandboxOptions } from '../sandbox.ts'
import { LIST, REPORT, bench } from '../testing/bench.ts'
import type { Bench } from '../testing/bench.ts'

const OPERATION = {
  id: '0f0ad209-af98-4b29-b710-39d2353b66c6',
  company_id: '1000001',
  member_id: '1000001',
  name: 'quick-report-export',
  status: 'running',
  start_time: '2026-01-01 00:00:00',
}

function begin(options: SandboxOptions = {}): Bench {
  const at = bench({ items: 3, limits: 'off', newOperationId: () => OPERATION.id, ...options })
  onTestFinished(() => at.sandbox.close())
  return at
}

const LIFE = 'status,attempt_count,size,failure_reason'

/** Status and counts of one export. */
async function lifeOf({ list }: Bench, id: string): Promise<unknown> {
  return (await list(`?id=${id}&fields=${LIFE}`)).items[0]
}

async function statusOf({ list }: Bench, id: string): Promise<unknown> {
  return (await list(`?id=${id}&fields=status`)).items[0]?.['status']
}

async function bytesOf({ ask }: Bench, id: string): Promise<number> {
  return Buffer.byteLength((await ask(`${LIST}/${id}/download`)).text)
}

describe('an export of a quick report', () => {
  test('is accepted with an operation, as in the vendor’s sample', async () => {
    const { ask } = begin()
    const { status, json, headers } = await ask(REPORT, { json: { name: 'Campaigns', out: 'csv' } })
    expect([status, json, headers['x-ratelimit-remaining']]).toEqual([202, OPERATION, '149'])
  })

  test('is queued at once, and is made in the seconds that were chosen', async () => {
    const at = begin()
    await at.ask(REPORT, { json: { name: 'Campaigns', out: 'csv' } })
    const made = {
      id: '1000003',
      company_id: '1000001',
      creator_id: '1000001',
      resource: 'quick-reports',
      status: 'queued',
      name: 'Campaigns - 01.01.2026 00:00:00',
      description: null,
      size: null,
      extension: 'csv',
      mime_type: 'text/csv',
      download_url: null,
      attempt_count: 1,
      download_count: 0,
      failure_reason: null,
      expire_time: null,
      create_time: '2026-01-01 00:00:00',
      update_time: '2026-01-01 00:00:00',
    }
    expect((await at.list('?page=1,1')).items).toEqual([made])
    at.clock.advance(1_000)
    expect(await statusOf(at, '1000003')).toBe('processing')
    at.clock.advance(DEFAULT_MAKING_SECONDS * 1_000 - 1_001)
    expect(await statusOf(at, '1000003')).toBe('processing')
    at.clock.advance(1)
    expect((await at.list('?page=1,1')).items).toEqual([
      {
        ...made,
        status: 'ready',
        size: 2_003,
        download_url: '/v1/hood/customers/exports/1000003/download',
        expire_time: '2026-01-08 00:00:02',
        update_time: '2026-01-01 00:00:02',
      },
    ])
    expect(await bytesOf(at, '1000003')).toBe(2_003)
  })

  test.each([
    [1, 1_000],
    [5, 5_000],
    [60, 60_000],
  ])('takes %i seconds when that is chosen', async (makingSeconds, ms) => {
    const at = begin({ makingSeconds })
    await at.ask(REPORT, { json: {} })
    at.clock.advance(ms - 1)
    expect(await statusOf(at, '1000003')).toBe('processing')
    at.clock.advance(1)
    expect(await statusOf(at, '1000003')).toBe('ready')
  })

  test('is there at once when it takes no second', async () => {
    const at = begin({ makingSeconds: 0 })
    at.clock.advance(999)
    await at.ask(REPORT, { json: {} })
    expect(await statusOf(at, '1000003')).toBe('ready')
  })

  test('takes no less when it is asked for within a second', async () => {
    const at = begin()
    at.clock.advance(999)
    await at.ask(REPORT, { json: {} })
    at.clock.advance(2_000)
    expect(await statusOf(at, '1000003')).toBe('processing')
    at.clock.advance(1)
    expect(await statusOf(at, '1000003')).toBe('ready')
  })

  test.each([
    [{}, 'csv', 'text/csv'],
    [{ out: 'csv' }, 'csv', 'text/csv'],
    [{ out: 'json' }, 'json', 'application/json'],
  ])('with %j is a file of %s', async (json, extension, type) => {
    const at = begin({ makingSeconds: 0 })
    await at.ask(REPORT, { json })
    expect((await at.list('?page=1,1&fields=extension,mime_type')).items).toEqual([{ extension, mime_type: type }])
    expect((await at.ask(`${LIST}/1000003/download`)).headers['content-type']).toBe(type)
  })

  test('without a name has the report’s', async () => {
    const { ask, list } = begin()
    await ask('/v1/hood/quick-reports/17430755068336100383/export', { json: {} })
    expect((await list('?page=1,1&fields=name')).items).toEqual([
      { name: 'Quick report 17430755068336100383 - 01.01.2026 00:00:00' },
    ])
  })

  test('is found by its name and by its time, whatever letters it has', async () => {
    const { ask, list } = begin()
    const name = 'Größe "50 %"\n, \u0000 eq:🛒'
    await ask(REPORT, { json: { name } })
    const search = `?name=eq:${encodeURIComponent(`${name} - 01.01.2026 00:00:00`)}&create_time=gte:2026-01-01`
    expect((await list(search)).items).toMatchObject([{ id: '1000003' }])
    expect((await list(`?q=${encodeURIComponent('GRÖSSE')}`)).total).toBe(1)
  })

  test('takes everything that the vendor documents, and further parameters of the report', async () => {
    const { ask, list } = begin()
    const { status } = await ask(REPORT, {
      json: {
        name: 'All',
        out: 'json',
        source: 'hood.campaign-reports',
        fields: 'campaign_name,sent',
        sort: '-click_rate',
        resolution: 'day',
        precision: 4,
        filters: { event_time: 'rf:2025-07-01 00:00:00,2025-07-03 23:59:59', channel_type: 'in:push,sms' },
        timezone: { name: 'GMT' },
        limit: 5,
      },
    })
    expect([status, (await list()).total]).toEqual([202, 4])
  })

  test('is made once for each request, with another id each', async () => {
    const { ask, list } = begin()
    for (let time = 0; time < 5; time += 1) await ask(REPORT, { json: { name: 'Same' } })
    expect((await list('?create_time=gte:2026-01-01&fields=id')).items.map(({ id }) => id)).toEqual([
      '1000007',
      '1000006',
      '1000005',
      '1000004',
      '1000003',
    ])
  })

  test('belongs to the account that asked', async () => {
    const { sandbox, ask, list } = begin()
    const { emptyAccount: token } = sandbox.tokens
    const before = await list()
    await ask(REPORT, { json: {}, token })
    expect((await list('?fields=id,company_id,creator_id', { token })).items).toEqual([
      { id: '4000000000', company_id: '4000001', creator_id: '4000001' },
    ])
    expect(await list()).toEqual(before)
  })

  test('takes no id that another export has or had', async () => {
    const { sandbox, ask, list } = begin()
    const newId = async (): Promise<unknown> => {
      await ask(REPORT, { json: { name: 'New' } })
      return (await list('?q=New&sort=-create_time&page=1,1&fields=id')).items[0]?.['id']
    }
    await sandbox.setState('export 1000003 exists')
    await sandbox.setState('export 1000004 exists', { account: 'other' })
    expect(await newId()).toBe('1000005')
    await sandbox.setState('export 1000005 does not exist')
    expect(await newId()).toBe('1000006')
    await sandbox.setState('export 1000004 does not exist')
    await sandbox.setState('exports exist')
    expect(await newId()).toBe('1000007')
    await sandbox.setState('exports exist', { count: 50 })
    expect(await newId()).toBe('1000050')
  })
})

describe('a request for an export that is not valid makes none, and says why', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'the body is not an object of JSON: send one such as {"name": "Campaigns of July", "out": "csv"}'],
    ['null', null, 'the body is not an object of JSON'],
    ['a string', 'out=csv', 'the body is not an object of JSON'],
    ['a name of another type', { name: 7 }, '"name" of the body cannot be 7: it must be a string'],
    ['a name of null', { name: null }, '"name" of the body cannot be null: it must be a string'],
    ['another format', { out: 'xlsx' }, '"out" of the body cannot be "xlsx": it must be "csv" or "json"'],
    ['a source of another type', { source: [] }, '"source" of the body cannot be []: it must be a string'],
    ['a list of fields', { fields: ['sent'] }, '"fields" of the body cannot be ["sent"]: it must be a string: names'],
    ['a sort of another type', { sort: 1 }, '"sort" of the body cannot be 1: it must be a string'],
    ['a resolution of another type', { resolution: {} }, '"resolution" of the body cannot be {}: it must be a string'],
    ['a precision with a fraction', { precision: 1.5 }, '"precision" of the body cannot be 1.5: it must be a whole'],
    ['a negative precision', { precision: -1 }, '"precision" of the body cannot be -1'],
    ['a precision as a text', { precision: '4' }, '"precision" of the body cannot be "4"'],
    ['filters as a text', { filters: 'a=b' }, '"filters" of the body cannot be "a=b": it must be an object of strings'],
    ['filters as a list', { filters: ['a'] }, '"filters" of the body cannot be ["a"]'],
    ['a filter that is a number', { filters: { a: 1 } }, '"filters" of the body cannot be {"a":1}'],
  ])('%s', async (_title, json, reason) => {
    const { ask, list } = begin()
    const { status, headers } = await ask(REPORT, { json })
    expect([status, headers['x-sandbox-reason']]).toEqual([400, expect.stringContaining(reason)])
    expect((await list()).total).toBe(3)
  })

  test.each([
    ['no body', {}, 'the body is sent with no Content-Type: send JSON, with "Content-Type: application/json"'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'the body is sent with "Content-Type: app'],
    ['another kind of JSON', { 'content-type': 'application/jsonlines' }, 'send JSON'],
    ['JSON that is none', { 'content-type': 'application/json' }, 'the body is not an object of JSON'],
  ])('%s', async (title, headers, reason) => {
    const { ask, list } = begin()
    const body = title === 'no body' ? {} : { body: '{"out": csv}' }
    const told = await ask(REPORT, { method: 'POST', headers, ...body })
    expect([told.status, told.headers['x-sandbox-reason']]).toEqual([400, expect.stringContaining(reason)])
    expect((await list()).total).toBe(3)
  })

  test('a body of more than a million bytes is a 413', async () => {
    const { ask, list } = begin()
    const { status, headers, json } = await ask(REPORT, { json: { name: 'ö'.repeat(500_000) } })
    expect([status, headers['x-sandbox-reason']]).toEqual([413, 'the body is larger than 1000000 bytes'])
    expect(json).toMatchObject({ code: 413, title: 'Content too large.' })
    expect((await list()).total).toBe(3)
  })

  test('an id that is none is a 400, whatever the body', async () => {
    const { ask } = begin()
    const { status, headers } = await ask('/v1/hood/quick-reports/weekly/export', { json: {} })
    expect([status, headers['x-sandbox-reason']]).toEqual([400, '"weekly" is not an id: ids are strings of digits'])
  })

  test('JSON with parameters of its type is taken', async () => {
    const { ask } = begin()
    const headers = { 'content-type': 'Application/JSON ; charset=utf-8' }
    expect((await ask(REPORT, { method: 'POST', headers, body: '{}' })).status).toBe(202)
  })
})

describe('a sandbox that is closed while a body is on its way', () => {
  test('makes nothing, and says so', async () => {
    const { sandbox } = bench({ items: 0 })
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const headers = { authorization: `Bearer ${sandbox.tokens.main}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: readable, duplex: 'half' } as const
    const told = sandbox.fetch(new Request(`http://sandbox.example${REPORT}`, init))
    sandbox.close()
    const writer = writable.getWriter()
    await writer.write(Buffer.from('{}'))
    await writer.close()
    await expect(told).rejects.toThrow('The sandbox is closed')
  })
})

describe('a retry', () => {
  const retry = ({ ask }: Bench, id: string): ReturnType<Bench['ask']> => ask(`${LIST}/${id}/retry`, { method: 'POST' })

  test('of a failed export makes its file, and the reason stays until then', async () => {
    const at = begin()
    await at.sandbox.setState('export 7 has failed', { attempt_count: 3, failure_reason: 'No space' })
    const { status, json } = await retry(at, '7')
    expect([status, json]).toEqual([202, OPERATION])
    const before = { attempt_count: 4, size: null, failure_reason: 'No space' }
    expect(await lifeOf(at, '7')).toEqual({ ...before, status: 'queued' })
    at.clock.advance(1_000)
    expect(await lifeOf(at, '7')).toEqual({ ...before, status: 'processing' })
    at.clock.advance(1_000)
    expect(await lifeOf(at, '7')).toEqual({ status: 'ready', attempt_count: 4, size: 1_007, failure_reason: null })
    expect(await bytesOf(at, '7')).toBe(1_007)
  })

  test('can fail as well, and be retried', async () => {
    const at = begin()
    await at.sandbox.setState('export 7 has failed', { attempt_count: 1, failure_reason: 'No space' })
    await at.sandbox.setState('making an export takes', { seconds: 4, outcome: 'failed', times: 1 })
    await retry(at, '7')
    at.clock.advance(4_000)
    expect(await lifeOf(at, '7')).toMatchObject({ status: 'failed', attempt_count: 2, size: null })
    expect(await lifeOf(at, '7')).toMatchObject({ failure_reason: expect.stringContaining('internal error') as string })
    expect((await retry(at, '7')).status).toBe(202)
    at.clock.advance(2_000)
    expect(await lifeOf(at, '7')).toMatchObject({ status: 'ready', attempt_count: 3, failure_reason: null })
  })

  test.each(['ready', 'expired', 'cancelled', 'failed', 'a status of tomorrow'])(
    'of one that is "%s" is accepted, and its old file is gone meanwhile',
    async (status) => {
      const at = begin()
      await at.sandbox.setState('export 7 exists', { status, size: 300 })
      expect((await retry(at, '7')).status).toBe(202)
      expect((await at.ask(`${LIST}/7/download`)).status).toBe(404)
      expect((await at.list('?id=7&fields=size,download_url,expire_time')).items).toEqual([
        { size: null, download_url: null, expire_time: null },
      ])
      at.clock.advance(2_000)
      expect(await lifeOf(at, '7')).toMatchObject({ status: 'ready', attempt_count: 2, size: 300 })
      expect(await bytesOf(at, '7')).toBe(300)
    },
  )

  test.each(['queued', 'processing'])('of one that is "%s" is a 400, and changes nothing', async (status) => {
    const at = begin()
    await at.sandbox.setState('export 7 exists', { status })
    const before = (await at.ask(`${LIST}/7`)).json
    const told = await retry(at, '7')
    expect([told.status, told.headers['x-sandbox-reason']]).toEqual([
      400,
      `the export is being prepared: its status is "${status}"; wait until it ends`,
    ])
    expect((await at.ask(`${LIST}/7`)).json).toEqual(before)
  })

  test('asked for twice is accepted once', async () => {
    const at = begin()
    expect([(await retry(at, '1000000')).status, (await retry(at, '1000000')).status]).toEqual([202, 400])
    at.clock.advance(60_000)
    expect(await lifeOf(at, '1000000')).toMatchObject({ status: 'ready', attempt_count: 2 })
  })

  test('of what the account does not have is a 404, and of what is no id a 400', async () => {
    const at = begin()
    for (const id of ['7', '01000000', '2000000000', '17430755068336100383']) {
      expect((await retry(at, id)).status).toBe(404)
    }
    expect((await retry(at, 'x')).status).toBe(400)
  })

  test('needs no body, and ignores one', async () => {
    const { ask } = begin()
    expect((await ask(`${LIST}/1000000/retry`, { method: 'POST', body: 'anything' })).status).toBe(202)
  })

  test('keeps the id, the name and the counts of the downloads', async () => {
    const at = begin()
    const kept = '?id=1000000&fields=id,name,description,create_time,download_count'
    const before = await at.list(kept)
    await retry(at, '1000000')
    at.clock.advance(2_000)
    expect(await at.list(kept)).toEqual(before)
    expect((await at.list()).total).toBe(3)
  })
})
