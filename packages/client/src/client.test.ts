import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { afterEach, describe, expect, test } from 'vitest'
import { clientOver, createExportsClient } from './client.ts'
import type { ExportsClient } from './client.ts'
import { connect } from './connection.ts'
import { isExportsError, toResult } from './errors.ts'
import type { AnyExportsError } from './errors.ts'
import type { ExportsEvent } from './events.ts'
import type { ExportsClientOptions } from './options.ts'
import { createRateLimiter } from './rate-limit/limiter.ts'
import { buildItem, buildItems } from './testing/build-item.ts'
import { createManualClock } from './testing/manual-clock.ts'
import type { Scenario } from './testing/scenario.ts'
import { createStandIn } from './testing/stand-in.ts'
import type { StandInOptions } from './testing/stand-in.ts'

const TOKEN = 'hood-secret-4711'
/** The same module, loaded as another one. */
const COPY: string = './errors.ts?copy'

const CORES = {
  'over openapi-fetch': createExportsClient,
  'over our own requester': (options: ExportsClientOptions): ExportsClient =>
    clientOver(connect({ ...options, limiter: options.limiter ?? createRateLimiter(options) })),
}

describe.each(Object.entries(CORES))('a client %s', (_name, create) => {
  function arrange(standInOptions: StandInOptions = {}, clientOptions: Partial<ExportsClientOptions> = {}) {
    const clock = createManualClock()
    const standIn = createStandIn({ clock, ...standInOptions })
    const events: ExportsEvent[] = []
    const client = create({
      token: TOKEN,
      fetch: standIn.fetch,
      clock,
      random: () => 0.5,
      onEvent: (event) => events.push(event),
      ...clientOptions,
    })
    const fails = async (call: Promise<unknown>): Promise<AnyExportsError> => {
      const { error } = await clock.runUntilSettled(toResult(call))
      if (!error) throw new Error('The call did not fail')
      return error
    }
    return { clock, standIn, events, client, fails }
  }

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

  describe('errors', () => {
    test.each<[string, Scenario, object]>([
      [
        'a wrong token',
        { kind: 'status', status: 401 },
        { kind: 'unauthorized', status: 401, code: 401, traceId: '{}' },
      ],
      ['an unknown id', { kind: 'status', status: 404 }, { kind: 'not-found', status: 404, title: 'Not found.' }],
      [
        'a query that the API refuses',
        { kind: 'status', status: 400 },
        {
          kind: 'bad-request',
          status: 400,
          detail: 'The request is not valid.',
          traceId: '99a84211-f73d-4ff8-acdf-eb3e06bb9d62',
        },
      ],
      [
        'HTML from a proxy with status 200',
        { kind: 'answer', body: '<html>login</html>', headers: { 'content-type': 'text/html' } },
        {
          kind: 'invalid-response',
          status: 200,
          bodyStart: '<html>login</html>',
          message: expect.stringContaining('text/html'),
        },
      ],
      [
        'an empty 200',
        { kind: 'answer' },
        { kind: 'invalid-response', message: expect.stringContaining('an empty body') },
      ],
      ['JSON that ends early', { kind: 'answer', body: '{"total":1,"it' }, { kind: 'invalid-response', status: 200 }],
      [
        'JSON without items',
        { kind: 'answer', body: '{"total":1}' },
        { kind: 'invalid-response', message: expect.stringContaining('an array as items') },
      ],
      [
        'a total that is not a number',
        { kind: 'answer', body: '{"total":"1","items":[]}' },
        { kind: 'invalid-response', message: expect.stringContaining('total') },
      ],
      ['a status nobody documented', { kind: 'answer', status: 418 }, { kind: 'unexpected-status', status: 418 }],
      [
        'a redirection',
        { kind: 'answer', status: 302, headers: { location: 'https://evil.example/x?y' } },
        { kind: 'unexpected-status', status: 302, message: expect.stringContaining('https://evil.example') },
      ],
    ])('%s is a typed error, after one request', async (_title, scenario, expected) => {
      const { client, standIn, fails } = arrange()
      standIn.next(scenario)
      expect(await fails(client.get('1000000'))).toMatchObject({ attempts: 1, ...expected })
      expect(standIn.requests).toHaveLength(1)
    })

    test.each<[string, Scenario, object]>([
      ['an empty 500', { kind: 'answer', status: 500 }, { kind: 'server', status: 500, bodyStart: '' }],
      ['a documented 500', { kind: 'status', status: 500 }, { kind: 'server', title: 'Internal server error.' }],
      ['HTML with 502', { kind: 'answer', status: 502, body: '<h1>Bad gateway' }, { kind: 'server', status: 502 }],
      [
        'a name that does not resolve',
        { kind: 'network', code: 'ENOTFOUND' },
        { kind: 'network', message: expect.stringContaining('ENOTFOUND') },
      ],
      [
        'a body that is cut off',
        { kind: 'cut-body', bytes: 9 },
        { kind: 'network', message: expect.stringContaining('UND_ERR_SOCKET') },
      ],
      ['no answer', { kind: 'silent' }, { kind: 'timeout', message: expect.stringContaining('30000 ms') }],
      ['a body that stalls', { kind: 'stalled-body', bytes: 9 }, { kind: 'timeout' }],
    ])('%s is tried three times more, and then a typed error', async (_title, scenario, expected) => {
      const { client, standIn, fails } = arrange()
      standIn.next(scenario, scenario, scenario, scenario)
      expect(await fails(client.list())).toMatchObject({ attempts: 4, ...expected })
      expect(standIn.requests).toHaveLength(4)
    })

    test('a failure that passes is not seen: the pauses grow, and only events tell', async () => {
      const { client, standIn, clock, events } = arrange()
      standIn.next({ kind: 'network' }, { kind: 'answer', status: 503 })
      await clock.runUntilSettled(client.list())
      expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 250, 750])
      expect(events.filter(({ type }) => type === 'retried')).toMatchObject([
        { reason: 'network', delayMs: 250 },
        { reason: 'server', delayMs: 500 },
      ])
    })

    test('an error is an Error that another copy of the package recognises', async () => {
      const { client, standIn, fails } = arrange()
      standIn.next({ kind: 'status', status: 401 })
      const error = await fails(client.list())
      expect(error).toBeInstanceOf(Error)
      const copy = (await import(/* @vite-ignore */ COPY)) as {
        isExportsError: typeof isExportsError
      }
      expect(copy.isExportsError).not.toBe(isExportsError)
      expect(copy.isExportsError(error, 'unauthorized')).toBe(true)
      expect(copy.isExportsError(error, 'server')).toBe(false)
      expect(copy.isExportsError(new Error('no'))).toBe(false)
    })
  })

  describe('queries that cannot be right', () => {
    test.each<[string, unknown, string]>([
      ['page 0', { page: 0 }, 'page: 0 is not a whole number from 1'],
      ['half a page', { page: 1.5 }, 'page: 1.5 is not a whole number from 1'],
      ['a page size as text', { pageSize: '50' }, 'pageSize: "50" is not a whole number from 1'],
      [
        'an unsortable key',
        { sort: ['id'] },
        `sort: "id" is not allowed. Allowed: ${SORTABLE_FIELDS.flatMap((f) => [f, `-${f}`]).join(', ')}`,
      ],
      ['a key in both directions', { sort: ['name', '-name'] }, 'sort: "-name" is named twice'],
      ['an unknown field', { fields: ['id', 'nmae'] }, 'fields: "nmae" is not allowed. Allowed: id, company_id'],
      ['no fields', { fields: [] }, 'fields: [] is empty: leave it out, or name at least one'],
      ['fields and view', { fields: ['id'], view: 'full' }, 'view: "full" has no effect beside fields'],
      ['an unknown view', { view: 'wide' }, 'view: "wide" is not a view. Allowed: default, full'],
      ['qFields without q', { qFields: ['name'] }, 'qFields: ["name"] says where q looks: give a q as well'],
      [
        'the item’s name of a searchable field',
        { q: 'x', qFields: ['failure_reason'] },
        'on the wire it is called failed_reason',
      ],
      ['a value filter', { status: 'ready' }, 'status: "status" is not a parameter. Allowed: fields, view, sort'],
      ['not an object', 'name', 'query: "name" is not an object'],
    ])('%s is refused before anything is sent', async (_title, query, message) => {
      const { client, standIn, fails } = arrange()
      const error = await fails(client.list(query as never))
      expect(error).toMatchObject({ kind: 'invalid-query', message: expect.stringContaining(message) })
      expect(standIn.requests).toHaveLength(0)
    })

    test.each(['', 'abc', '../1', '1/download', 7])('the id %j is refused before anything is sent', async (id) => {
      const { client, standIn, fails } = arrange()
      expect(await fails(client.get(id as string))).toMatchObject({ kind: 'invalid-query', value: id })
      expect(standIn.requests).toHaveLength(0)
    })
  })

  describe('aborts', () => {
    const states: [string, Scenario | undefined, number][] = [
      ['while the server is silent', { kind: 'silent' }, 1],
      ['in the middle of a body', { kind: 'stalled-body', bytes: 5 }, 1],
      ['while backing off', { kind: 'network' }, 1],
      ['while the API asks to wait', { kind: 'status', status: 429, retryAfterS: 60 }, 1],
    ]
    test.each(states)('%s, a call ends at once and leaves nothing behind', async (_title, scenario, sent) => {
      const { client, standIn, clock } = arrange()
      if (scenario) standIn.next(scenario)
      const controller = new AbortController()
      const outcome = toResult(client.list({}, { signal: controller.signal }))
      await clock.advance(10)
      controller.abort(new Error('enough'))
      expect(await outcome).toMatchObject({
        error: { kind: 'aborted', name: 'AbortError', attempts: sent, cause: { message: 'enough' } },
      })
      expect(clock.pending).toBe(0)
      expect(client.limiter.snapshot()).toMatchObject({ queued: 0, inFlight: 0 })
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    })

    test('in the queue, a call ends at once and costs no place', async () => {
      const { client, standIn, clock } = arrange({ limits: 'on' })
      const controller = new AbortController()
      const before = Promise.all(Array.from({ length: 10 }, () => client.list()))
      const waiting = toResult(client.list({}, { signal: controller.signal }))
      const after = client.list()
      await clock.advance(1)
      controller.abort()
      expect((await waiting).error).toMatchObject({ kind: 'aborted', attempts: 0 })
      await clock.runUntilSettled(Promise.all([before, after]))
      expect(standIn.requests).toHaveLength(11)
    })

    test.each<ExportsEvent['type']>(['sent', 'answered', 'retried', 'throttled'])(
      'by a listener of the event "%s", a call ends at once',
      async (type) => {
        const controller = new AbortController()
        const { client, standIn, fails } = arrange(
          {},
          { onEvent: (event) => void (event.type === type && controller.abort()) },
        )
        standIn.next(type === 'throttled' ? { kind: 'status', status: 429 } : { kind: 'answer', status: 503 })
        expect(await fails(client.list({}, { signal: controller.signal }))).toMatchObject({ kind: 'aborted' })
        expect(standIn.requests.length).toBeLessThanOrEqual(1)
        expect(client.limiter.snapshot().inFlight).toBe(0)
      },
    )

    test('by a listener at the head of a download, it ends at once and leaves nothing behind', async () => {
      const controller = new AbortController()
      const { client, fails, clock } = arrange(
        {},
        { onEvent: ({ type }) => void (type === 'answered' && controller.abort()) },
      )
      expect(await fails(client.download('1000000', { signal: controller.signal }))).toMatchObject({ kind: 'aborted' })
      expect(client.limiter.snapshot().inFlight).toBe(0)
      expect(clock.pending).toBe(0)
    })

    test('while a token is awaited, a call ends at once', async () => {
      const { client, standIn, clock } = arrange({}, { token: () => new Promise(() => undefined) })
      const controller = new AbortController()
      const outcome = toResult(client.list({}, { signal: controller.signal }))
      controller.abort()
      expect((await outcome).error).toMatchObject({ kind: 'aborted', attempts: 0 })
      expect(standIn.requests).toHaveLength(0)
      expect(clock.pending).toBe(0)
    })

    test('before it starts, a call sends nothing', async () => {
      const { client, standIn, fails } = arrange()
      expect(await fails(client.list({}, { signal: AbortSignal.abort() }))).toMatchObject({ kind: 'aborted' })
      expect(standIn.requests).toHaveLength(0)
    })

    test('in the middle of a download, the stream ends at once', async () => {
      const { client, standIn, clock } = arrange()
      standIn.next({ kind: 'stalled-body', bytes: 5 })
      const controller = new AbortController()
      const { body } = await client.download('1000000', { signal: controller.signal })
      const outcome = toResult(new Response(body).text())
      await clock.advance(1)
      controller.abort()
      expect((await outcome).error).toMatchObject({ kind: 'aborted' })
      expect(client.limiter.snapshot().inFlight).toBe(0)
    })
  })

  describe('deadlines', () => {
    test('a deadline covers waits and attempts', async () => {
      const { client, standIn, fails, clock } = arrange()
      standIn.next({ kind: 'silent' })
      expect(await fails(client.list({}, { deadlineMs: 5_000 }))).toMatchObject({ kind: 'deadline', attempts: 1 })
      expect(clock.now()).toBe(5_000)
    })

    test('a deadline covers a token that never comes', async () => {
      const { client, fails, clock } = arrange({}, { token: () => new Promise(() => undefined) })
      expect(await fails(client.list({}, { deadlineMs: 3_000 }))).toMatchObject({ kind: 'deadline', attempts: 0 })
      expect(clock.now()).toBe(3_000)
    })

    test('a call that cannot leave in time fails at once, with the moment it could', async () => {
      const { client, fails, clock } = arrange({ limits: 'on' })
      await clock.runUntilSettled(Promise.all(Array.from({ length: 150 }, () => client.list())))
      const before = clock.now()
      const error = await fails(client.list({}, { deadlineMs: 5_000 }))
      expect(error).toMatchObject({ kind: 'deadline', attempts: 0, retryAfterMs: expect.any(Number) })
      expect(clock.now()).toBe(before)
      await clock.advance(error.retryAfterMs ?? 0)
      await clock.runUntilSettled(client.list({}, { deadlineMs: 5_000 }))
    })

    test('a longer Retry-After than allowed fails at once, with the wait', async () => {
      const { client, standIn, fails, clock } = arrange({}, { maxRetryAfterMs: 10_000 })
      standIn.next({ kind: 'status', status: 429, retryAfterS: 86_400 })
      expect(await fails(client.list())).toMatchObject({
        kind: 'rate-limited',
        retryAfterMs: 86_400_000,
        rateLimit: { retryAfter: 86_400_000 },
      })
      expect(clock.now()).toBe(0)
    })
  })

  describe('the quota', () => {
    test('40 calls at once against 10 a second are 40 requests, no 429, and done within 5 % of the ideal 3 s', async () => {
      const { client, standIn, clock } = arrange({ limits: 'on', latencyMs: () => 20 })
      await clock.runUntilSettled(Promise.all(Array.from({ length: 40 }, () => client.list())))
      expect(standIn.requests.map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200))
      expect(standIn.requests.at(-1)?.atMs).toBeLessThanOrEqual(3_150)
    })

    test('a limiter that others share may wait longer than this client does', async () => {
      const limiter = createRateLimiter()
      const { client, standIn, fails } = arrange({}, { limiter, maxRetryAfterMs: 10_000 })
      standIn.next({ kind: 'status', status: 429, retryAfterS: 60 })
      expect(await fails(client.list())).toMatchObject({ kind: 'rate-limited', retryAfterMs: 60_000, attempts: 1 })
    })

    test('160 calls at once are 160 answers and no 429', async () => {
      const { client, standIn, clock } = arrange({ limits: 'on', latencyMs: () => 20 })
      const pages = await clock.runUntilSettled(Promise.all(Array.from({ length: 160 }, () => client.list())))
      expect(pages).toHaveLength(160)
      expect(standIn.requests.map(({ status }) => status)).toEqual(Array.from({ length: 160 }, () => 200))
    })

    test('a 429 that comes anyway is waited for by every call, and none is lost', async () => {
      const { client, standIn, clock } = arrange()
      standIn.next({ kind: 'status', status: 429, retryAfterS: 7 })
      await clock.runUntilSettled(client.list())
      expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 7_000])
    })

    test('a download keeps its place in flight until its body has ended', async () => {
      const { client } = arrange()
      const download = await client.download('1000000')
      expect(client.limiter.snapshot().inFlight).toBe(1)
      expect(await download.text()).toBe('id,name\r\n1,Ana\r\n')
      expect(client.limiter.snapshot().inFlight).toBe(0)
    })
  })

  describe('downloads', () => {
    test('bytes are counted, and compared with the size of the item', async () => {
      const { client } = arrange()
      const seen: number[] = []
      const matching = await client.download(
        { id: '1000000', size: 16 },
        { onProgress: ({ bytes }) => seen.push(bytes) },
      )
      expect(matching).toMatchObject({ contentType: 'text/csv', expectedBytes: 16, sizeCheck: 'unknown' })
      await matching.text()
      expect(matching).toMatchObject({ bytes: 16, sizeCheck: 'matches' })
      expect(seen).toEqual([16])
      const differing = await client.download({ id: '1000000', size: 17 })
      await differing.text()
      expect(differing.sizeCheck).toBe('differs')
    })

    test('a stream without a byte for the idle timeout fails', async () => {
      const { client, standIn, fails, clock } = arrange()
      standIn.next({ kind: 'stalled-body', bytes: 5 })
      const { body } = await client.download('1000000', { idleTimeoutMs: 2_000 })
      expect(await fails(new Response(body).text())).toMatchObject({
        kind: 'timeout',
        message: expect.stringContaining('2000 ms'),
      })
      expect(clock.now()).toBe(2_000)
      expect(client.limiter.snapshot().inFlight).toBe(0)
    })

    test('a cancelled stream gives its place back', async () => {
      const { client } = arrange()
      const { body } = await client.download('1000000')
      await body.cancel()
      expect(client.limiter.snapshot().inFlight).toBe(0)
    })

    test('an absolute download_url of an item changes nothing: the path is ours, and so is the origin', async () => {
      const { client, standIn } = arrange({ items: [buildItem({ download_url: 'https://evil.example/steal' })] })
      const item = await client.get('1000000')
      await (await client.download(item)).text()
      expect(standIn.requests.map(({ url }) => url.href)).toEqual([
        'https://api.ocamba.com/v1/hood/exports/1000000',
        'https://api.ocamba.com/v1/hood/exports/1000000/download',
      ])
    })
  })

  describe('waiting for an item', () => {
    test('looks with growing pauses, and asks only for what it needs', async () => {
      const { client, standIn, clock } = arrange({ items: [{ id: '7', status: 'cooking' }] })
      const done = client.waitUntil('7', ({ status }) => status === 'ready')
      await clock.advance(2_600)
      standIn.items = [{ id: '7', status: 'ready' }]
      expect(await clock.runUntilSettled(done)).toEqual({ id: '7', status: 'ready' })
      expect(standIn.requests.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_500, 4_750])
      expect(standIn.requests[0]?.url.search).toBe('?fields=id,status')
    })

    test('gives up at its deadline', async () => {
      const { client, fails } = arrange({ items: [{ id: '7', status: 'cooking' }] })
      expect(await fails(client.waitUntil('7', () => false, { deadlineMs: 10_000 }))).toMatchObject({
        kind: 'deadline',
      })
    })

    test('has the deadline of the client when it has none of its own', async () => {
      const { client, fails, clock } = arrange({ items: [{ id: '7', status: 'cooking' }] }, { deadlineMs: 10_000 })
      expect(await fails(client.waitUntil('7', () => false))).toMatchObject({ kind: 'deadline' })
      expect(clock.now()).toBeLessThan(10_000)
    })

    test('can be aborted while it pauses', async () => {
      const { client, clock } = arrange()
      const controller = new AbortController()
      const outcome = toResult(client.waitUntil('1000000', () => false, { signal: controller.signal }))
      await clock.advance(500)
      controller.abort()
      expect((await outcome).error).toMatchObject({ kind: 'aborted' })
      expect(clock.pending).toBe(0)
    })
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
      message: expect.stringContaining('items[0] size: is missing'),
    })
  })

  test('events tell the wait apart from the server’s time, and a listener that throws breaks nothing', async () => {
    const { client, events, clock } = arrange(
      { latencyMs: () => 10 },
      { onEvent: (event) => void (events.push(event), expect.fail('a listener’s bug')) },
    )
    await clock.runUntilSettled(client.list())
    expect(events.map(({ type }) => type)).toEqual(['sent', 'answered', 'done'])
    expect(events[1]).toMatchObject({ callId: 1, operation: 'list', status: 200, serverMs: 20 })
    expect(events[2]).toMatchObject({ attempts: 1, waitedMs: 0, tookMs: 20 })
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

describe('options that cannot be right', () => {
  test('none at all are refused with what to give', () => {
    expect(() => createExportsClient(undefined as never)).toThrow('token is of type undefined: give a personal API key')
  })

  test.each<[string, (client: ExportsClient) => unknown, string]>([
    [
      'a controller as signal',
      (client) => client.list({}, { signal: new AbortController() as never }),
      'signal: {} is not an AbortSignal',
    ],
    [
      'a number that is none',
      (client) => client.get('1', {}, { timeoutMs: Number.NaN }),
      'timeoutMs: null is not a number from 1',
    ],
    [
      'a number as text',
      (client) => client.download('1', { idleTimeoutMs: '5' as never }),
      'idleTimeoutMs: "5" is not a number from 1',
    ],
    [
      'an option of another library',
      (client) => client.list({}, { timeout: 5 } as never),
      '"timeout" is not an option. Allowed: signal, timeoutMs',
    ],
    ['an option of another call', (client) => client.list({}, { limit: 5 } as never), '"limit" is not an option'],
    [
      'a predicate that is none',
      (client) => client.listAll({}, { where: 'ready' as never }),
      'where: "ready" is not a function',
    ],
    ['a limit below 0', (client) => client.listAll({}, { limit: -1 }), 'limit: -1 is not a number from 0'],
    [
      'a prefetch that is none',
      (client) => client.listAll({}, { prefetch: true as never }),
      'prefetch: true is not one of never, spare',
    ],
    ['no predicate', (client) => client.waitUntil('1', undefined as never), 'isDone: null is not a function'],
  ])('%s is refused before anything is sent', async (_title, call, message) => {
    const standIn = createStandIn()
    const client = createExportsClient({ token: 'fine', fetch: standIn.fetch })
    const { error } = await toResult((async () => call(client))())
    expect(error).toMatchObject({ kind: 'invalid-options', message: expect.stringContaining(message) })
    expect(standIn.requests).toHaveLength(0)
  })

  test.each<[string, Partial<ExportsClientOptions>, string]>([
    ['a name that is none', { timeout: 5_000 } as never, '"timeout" is not an option. Allowed: token, baseUrl'],
    ['a fetch that is none', { fetch: {} as never }, 'fetch: {} is not a function'],
    ['a limiter that is none', { limiter: { windows: [] } as never }, 'limiter: {"windows":[]} is not a limiter'],
    ['a schema that is none', { itemSchema: { parse: true } as never }, 'is not a Standard Schema'],
    ['a timeout as text', { timeoutMs: '30s' as never }, 'timeoutMs: "30s" is not a number from 1'],
    ['no token', { token: undefined as never }, 'token is of type undefined'],
    ['an empty token', { token: '' }, 'token is empty'],
    ['a token with a line break', { token: `${TOKEN}\n` }, 'token is not a header value'],
    ['a base URL that is none', { baseUrl: 'api.ocamba.com' }, '"api.ocamba.com" is not an http(s) URL'],
    ['a base URL with a query', { baseUrl: 'https://a.example?x' }, 'is not an http(s) URL without query'],
    ['a base URL with credentials', { baseUrl: `https://me:${TOKEN}@a.example` }, 'baseUrl holds credentials'],
    ['a negative number', { maxRetryAfterMs: -1 }, 'maxRetryAfterMs: -1 is not a number from 0'],
  ])('%s is refused when the client is made, and the token is not repeated', (_title, options, message) => {
    const make = (): ExportsClient => createExportsClient({ token: 'fine', ...options })
    expect(make).toThrow(message)
    expect(make).not.toThrow(TOKEN)
  })

  test('a token function that fails does not give its message away', async () => {
    const client = createExportsClient({
      token: () => {
        throw new RangeError(`expired: ${TOKEN}`)
      },
      fetch: createStandIn().fetch,
    })
    const { error } = await toResult(client.list())
    expect(error).toMatchObject({
      kind: 'invalid-options',
      message: 'token: the function given for it failed with a RangeError',
    })
    expect(inspect(error, { showHidden: true })).not.toContain(TOKEN)
  })
})

describe('the raw client', () => {
  const standIn = createStandIn()
  const client = createExportsClient({ token: TOKEN, fetch: standIn.fetch, random: () => 0, maxRetries: 0 })

  test('is openapi-fetch, with lists joined by commas', async () => {
    const { data, response } = await client.raw.GET('/v1/hood/exports', {
      params: { query: { fields: ['id', 'name'], page: [1, 2] } },
    })
    expect(data?.items[0]?.name).toBe('Christmas list - 22.05.2025 11:44:32')
    expect(response.status).toBe(200)
    expect(standIn.requests.at(-1)?.url.search).toBe('?fields=id,name&page=1,2')
  })

  test('a documented error is data, whose shape is what its type says', async () => {
    standIn.next({ kind: 'status', status: 400 })
    const { data, error } = await client.raw.GET('/v1/hood/exports')
    expect(data).toBeUndefined()
    expect(error?.code).toBe(400)
  })

  test.each<[string, Scenario]>([
    ['an empty error', { kind: 'answer', status: 500 }],
    ['an error page', { kind: 'answer', status: 404, body: '<html>' }],
    ['a success that is not JSON', { kind: 'answer', body: '<html>' }],
    ['no connection', { kind: 'network' }],
  ])('%s rejects: it is none of the documented shapes', async (_title, scenario) => {
    standIn.next(scenario)
    await expect(client.raw.GET('/v1/hood/exports')).rejects.toSatisfy((error) => isExportsError(error))
  })

  test('a download is a stream', async () => {
    const { data } = await client.raw.GET('/v1/hood/exports/{id}/download', {
      params: { path: { id: '1000000' } },
      parseAs: 'stream',
    })
    expect(await new Response(data).text()).toBe('id,name\r\n1,Ana\r\n')
  })

  test('headers of the caller and of a middleware are sent, but for the token', async () => {
    const raw = createExportsClient({ token: TOKEN, fetch: standIn.fetch }).raw
    raw.use({
      onRequest({ request }) {
        request.headers.set('x-request-id', '7')
      },
    })
    await raw.GET('/v1/hood/exports', { headers: { authorization: 'Bearer other', 'accept-language': 'sr' } })
    expect(Object.fromEntries(standIn.requests.at(-1)?.headers ?? [])).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'x-request-id': '7',
      'accept-language': 'sr',
    })
  })

  test('a base URL for one call cannot carry the token elsewhere', async () => {
    const sent = standIn.requests.length
    for (const baseUrl of ['https://evil.example', 'https://api.ocamba.com.evil.example', 'http://api.ocamba.com']) {
      const { error } = await toResult(client.raw.GET('/v1/hood/exports', { baseUrl }))
      expect(error).toMatchObject({ kind: 'invalid-options', message: expect.stringContaining('sent nowhere else') })
    }
    expect(standIn.requests).toHaveLength(sent)
  })

  test('a method that the API does not document is refused, not sent as another', async () => {
    const post = client.raw.POST as unknown as (path: string) => Promise<unknown>
    const { error } = await toResult(post('/v1/hood/exports'))
    expect(error).toMatchObject({ kind: 'invalid-options', message: expect.stringContaining('POST is not documented') })
  })

  test('the caller’s signal is followed', async () => {
    standIn.next({ kind: 'silent' })
    const controller = new AbortController()
    const call = toResult(client.raw.GET('/v1/hood/exports', { signal: controller.signal }))
    controller.abort()
    expect((await call).error).toMatchObject({ kind: 'aborted' })
  })
})

describe('over real sockets', () => {
  const closing: (() => void)[] = []
  afterEach(() => {
    for (const close of closing.splice(0)) close()
  })

  async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(listener as never)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => (server.closeAllConnections(), server.close()))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  test('a redirection is not followed, so the token reaches no other origin', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.end('{}')
    })
    const baseUrl = await serve((_request, response) => {
      response.writeHead(307, { location: `${elsewhere}/v1/hood/exports` }).end()
    })
    const { error } = await toResult(createExportsClient({ token: TOKEN, baseUrl }).list())
    expect(error).toMatchObject({ kind: 'unexpected-status', status: 307, message: expect.stringContaining(elsewhere) })
    expect(seen).toEqual([])
  })

  test('a closed port is a network error that names the reason', async () => {
    const baseUrl = await serve(() => undefined)
    closing.splice(0).forEach((close) => close())
    const { error } = await toResult(createExportsClient({ token: TOKEN, baseUrl, maxRetries: 0 }).list())
    expect(error).toMatchObject({ kind: 'network', message: expect.stringContaining('ECONNREFUSED') })
  })

  test('a body shorter than its Content-Length is a network error', async () => {
    const baseUrl = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"total":1')
      setImmediate(() => response.destroy())
    })
    const { error } = await toResult(createExportsClient({ token: TOKEN, baseUrl, maxRetries: 0 }).list())
    expect(error).toMatchObject({ kind: 'network' })
  })

  test('an abort is followed after a garbage collection, in a stalled body', async () => {
    const baseUrl = await serve((_request, response) => {
      response.write('x')
    })
    const client = createExportsClient({ token: TOKEN, baseUrl })
    const controller = new AbortController()
    const { body } = await client.download('1', { signal: controller.signal })
    const outcome = toResult(new Response(body).text())
    expect(globalThis.gc, 'run with --expose-gc').toBeTypeOf('function')
    for (let round = 0; round < 5; round += 1) {
      globalThis.gc?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    controller.abort()
    expect((await outcome).error).toMatchObject({ kind: 'aborted' })
  })
})
