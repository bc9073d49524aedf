import { AsyncLocalStorage } from 'node:async_hooks'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { CORES, TOKEN } from './fixtures/client-under-test.ts'
import type { ResponseInfo } from './options.ts'
import { buildItem, buildItems } from './testing/build-item.ts'

describe.each(CORES)('a client %s', (_name, arrange) => {
  test('a list is a page with the total of all matches', async () => {
    const { client } = arrange({ items: buildItems(3), pageSize: 2 })
    expect(await client.list({ fields: ['id'] })).toEqual({ total: 3, items: [{ id: '1000000' }, { id: '1000001' }] })
  })

  test('a query goes over the wire with commas, and wire names', async () => {
    const { client, standIn } = arrange()
    await client.list({
      fields: ['id', 'name'],
      sort: ['-create_time', 'name'],
      page: 2,
      pageSize: 50,
      q: 'a,b & c=d',
      qFields: ['name', 'failed_reason'],
    })
    expect(standIn.requests[0]?.url.search).toBe(
      '?fields=id,name&sort=-create_time,name&page=2,50&q=a%2Cb%20%26%20c%3Dd&q_fields=name,failed_reason',
    )
  })

  test('one item comes out of its envelope', async () => {
    const { client } = arrange()
    expect(await client.get('1000000')).toEqual(buildItem())
  })

  test('a new status and an unknown member pass through untouched', async () => {
    const { client } = arrange({ items: [buildItem({ id: '7', status: 'archived', shiny: { deep: [1] } })] })
    expect(await client.get('7')).toEqual({ ...buildItem(), id: '7', status: 'archived', shiny: { deep: [1] } })
  })

  test('an absent member stays absent', async () => {
    const { client } = arrange({ items: [{ id: '7' }] })
    expect(await client.get('7')).toEqual({ id: '7' })
  })

  test('a base URL may have a path, and every request carries the token', async () => {
    const { client, standIn } = arrange({}, { baseUrl: 'https://gateway.example/ocamba/' })
    await client.list()
    expect(standIn.requests[0]?.url.href).toBe('https://gateway.example/ocamba/v1/hood/exports')
    expect(standIn.requests[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
  })

  test('a token function is asked before each attempt, so a token may rotate', async () => {
    let rotation = 0
    const { client, standIn, clock } = arrange({}, { token: async () => `token-${++rotation}` })
    standIn.next({ kind: 'status', status: 500 })
    await clock.runUntilSettled(client.list())
    expect(standIn.requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  test('a Standard Schema refuses an item, and its complaint is in the error', async () => {
    const itemSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (item: unknown) =>
          'size' in (item as object) ? {} : { issues: [{ message: 'is missing', path: ['size'] }] },
      },
    } as const
    const { client, fails } = arrange({ items: [{ id: '7' }] }, { itemSchema })
    expect(await fails(client.list())).toMatchObject({
      kind: 'invalid-response',
      message: expect.stringMatching(/items\[0\] size: is missing\) \(does fields leave it out\?\) \[list\]$/),
    })
  })

  test('events keep the wait apart from the server’s time, and a listener that throws breaks nothing', async () => {
    const { client, events, clock } = arrange(
      { latencyMs: () => 10 },
      { onEvent: (event) => void (events.push(event), expect.fail('a listener’s bug')) },
    )
    await clock.runUntilSettled(client.list())
    expect(events.map(({ type }) => type)).toEqual(['sent', 'answered', 'done'])
    expect(events[1]).toMatchObject({ callId: 1, operation: 'list', status: 200, serverMs: 20 })
    expect(events[2]).toMatchObject({ attempts: 1, waitedMs: 0, tookMs: 20 })
  })

  test('quota, back-off, preparation, server and body have times of their own, which add up to the whole', async () => {
    const { client, standIn, events, clock } = arrange(
      { latencyMs: () => 10 },
      { token: () => new Promise((resolve) => clock.setTimer(() => resolve('any'), 5)) },
    )
    standIn.next({ kind: 'network' }, { kind: 'status', status: 429, retryAfterS: 7 })
    await clock.runUntilSettled(client.download('1000000').then((download) => download.text()))
    expect(events.at(-1)).toMatchObject({
      type: 'done',
      attempts: 3,
      tookMs: 7_315,
      waitedMs: 7_000,
      backOffMs: 250,
      prepareMs: 15,
      serverMs: 50,
      bodyMs: 0,
    })
  })

  test('every request has a name and the headers of the client, which may be another name', async () => {
    const { client, standIn, clock } = arrange({}, { headers: { 'X-Team': 'reports' } })
    await clock.runUntilSettled(client.list())
    await clock.runUntilSettled(client.raw.GET('/v1/hood/exports'))
    for (const { headers } of standIn.requests) {
      expect(headers.get('user-agent')).toMatch(/^hood-exports-client\/\d+\.\d+\.\d+\S* \(node \d+\.\d+\.\d+\)$/)
      expect(headers.get('x-team')).toBe('reports')
      expect(headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
    }
    const named = arrange({}, { headers: { 'User-Agent': 'nightly/1' } })
    await named.clock.runUntilSettled(named.client.list())
    expect(named.standIn.requests[0]?.headers.get('user-agent')).toBe('nightly/1')
  })

  test('headers with a token are refused', () => {
    expect(() => arrange({}, { headers: { Authorization: 'Bearer any' } })).toThrow(
      'is not an object of header names and values, without Authorization (that is token)',
    )
  })

  test('the head of each successful answer can be seen, and looking breaks no call', async () => {
    const { client, standIn, clock } = arrange({ items: [{ id: '1' }, { id: '2' }] })
    standIn.next(
      { kind: 'network' },
      { kind: 'answer', body: '{"total":1,"items":[{"id":"7"}]}', headers: { 'X-Request-Id': 'r1' } },
    )
    const seen: unknown[] = []
    const onResponse = ({ headers, ...facts }: ResponseInfo): void => {
      seen.push({ ...facts, type: headers.get('content-type') })
      expect.fail('a bug of the watcher’s')
    }
    await clock.runUntilSettled(client.get('7', { fields: ['id'] }, { onResponse }))
    await clock.runUntilSettled(client.listAll({ fields: ['id'], pageSize: 1 }, { onResponse }).toArray())
    expect(seen.slice(0, 2)).toEqual([
      {
        operation: 'view',
        id: '7',
        url: '/v1/hood/exports/7?fields=id',
        attempts: 2,
        status: 200,
        requestId: 'r1',
        type: 'text/plain;charset=UTF-8',
      },
      {
        operation: 'list',
        id: undefined,
        url: '/v1/hood/exports?fields=id&page=1,1',
        attempts: 1,
        status: 200,
        requestId: undefined,
        type: 'application/json',
      },
    ])
    expect(seen).toHaveLength(standIn.requests.length - 1)
  })

  test('a call runs inside a function of the program, down to its requests', async () => {
    const context = new AsyncLocalStorage<string>()
    const seen: (string | undefined)[] = []
    const { client, clock, standIn } = arrange(
      {},
      {
        aroundCall: ({ callId, operation, id }, run) => context.run(`${callId} ${operation} ${id}`, run),
        fetch: (url, init) => {
          seen.push(context.getStore())
          return standIn.fetch(url, init)
        },
      },
    )
    await clock.runUntilSettled(Promise.all([client.list(), client.get('1000000')]))
    expect(seen).toEqual(['1 list undefined', '2 view 1000000'])
  })

  test('the token is in no error, no event and no inspection', async () => {
    const { client, standIn, events, fails, clock } = arrange()
    standIn.next(
      { kind: 'status', status: 401 },
      { kind: 'network' },
      { kind: 'answer', status: 500 },
      { kind: 'answer', body: 'x' },
    )
    const errors = [await fails(client.list()), await fails(client.list())]
    await clock.runUntilSettled(client.list())
    const shown = [client, ...errors, ...events].map(
      (value) => inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value),
    )
    expect(shown.join('\n')).not.toContain(TOKEN)
  })
})
