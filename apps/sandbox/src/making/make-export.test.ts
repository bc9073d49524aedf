import { describe, expect, test } from 'vitest'
import { DEFAULT_MAKING_SECONDS } from '../made-up.ts'
import { LIST, REPORT, bench } from '../testing/bench.ts'
import { OPERATION, bytesOf, makingBench, statusOf } from '../testing/making-bench.ts'

describe('an export of a quick report', () => {
  test('is accepted with an operation, as in the vendor’s sample', async () => {
    const { ask } = makingBench()
    const { status, json, headers } = await ask(REPORT, { json: { name: 'Campaigns', out: 'csv' } })
    expect([status, json, headers['x-ratelimit-remaining']]).toEqual([202, OPERATION, '149'])
  })

  test('is queued at once, and is made in the seconds that were chosen', async () => {
    const at = makingBench()
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
    const at = makingBench({ makingSeconds })
    await at.ask(REPORT, { json: {} })
    at.clock.advance(ms - 1)
    expect(await statusOf(at, '1000003')).toBe('processing')
    at.clock.advance(1)
    expect(await statusOf(at, '1000003')).toBe('ready')
  })

  test('is there at once when it takes no second', async () => {
    const at = makingBench({ makingSeconds: 0 })
    at.clock.advance(999)
    await at.ask(REPORT, { json: {} })
    expect(await statusOf(at, '1000003')).toBe('ready')
  })

  test('takes no less when it is asked for within a second', async () => {
    const at = makingBench()
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
    const at = makingBench({ makingSeconds: 0 })
    await at.ask(REPORT, { json })
    expect((await at.list('?page=1,1&fields=extension,mime_type')).items).toEqual([{ extension, mime_type: type }])
    expect((await at.ask(`${LIST}/1000003/download`)).headers['content-type']).toBe(type)
  })

  test('without a name has the report’s', async () => {
    const { ask, list } = makingBench()
    await ask('/v1/hood/quick-reports/17430755068336100383/export', { json: {} })
    expect((await list('?page=1,1&fields=name')).items).toEqual([
      { name: 'Quick report 17430755068336100383 - 01.01.2026 00:00:00' },
    ])
  })

  test('is found by its name and by its time, whatever letters it has', async () => {
    const { ask, list } = makingBench()
    const name = 'Größe "50 %"\n, \u0000 eq:🛒'
    await ask(REPORT, { json: { name } })
    const search = `?name=eq:${encodeURIComponent(`${name} - 01.01.2026 00:00:00`)}&create_time=gte:2026-01-01`
    expect((await list(search)).items).toMatchObject([{ id: '1000003' }])
    expect((await list(`?q=${encodeURIComponent('GRÖSSE')}`)).total).toBe(1)
  })

  test('takes everything that the vendor documents, and further parameters of the report', async () => {
    const { ask, list } = makingBench()
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
    const { ask, list } = makingBench()
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
    const { sandbox, ask, list } = makingBench()
    const { emptyAccount: token } = sandbox.tokens
    const before = await list()
    await ask(REPORT, { json: {}, token })
    expect((await list('?fields=id,company_id,creator_id', { token })).items).toEqual([
      { id: '4000000000', company_id: '4000001', creator_id: '4000001' },
    ])
    expect(await list()).toEqual(before)
  })

  test('takes no id that another export has or had', async () => {
    const { sandbox, ask, list } = makingBench()
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

describe('a sandbox that is closed while a body is on its way', () => {
  test('makes nothing, and says so', async () => {
    const { sandbox } = bench({ items: 0 })
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const headers = { authorization: `Bearer ${sandbox.tokens.main}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: readable, duplex: 'half' } as const
    const reply = sandbox.fetch(new Request(`http://sandbox.example${REPORT}`, init))
    sandbox.close()
    const writer = writable.getWriter()
    await writer.write(Buffer.from('{}'))
    await writer.close()
    await expect(reply).rejects.toThrow('The sandbox is closed')
  })
})
