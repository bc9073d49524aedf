import { describe, expect, test } from 'vitest'
import { createExportsClient } from '../client.ts'
import { isExportsError, toResult } from '../errors.ts'
import { TOKEN } from '../fixtures/client-under-test.ts'
import type { Scenario } from '../testing/scenario.ts'
import { createStandIn } from '../testing/stand-in.ts'

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
    expect(await new Response(data).text()).toHaveLength(125)
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
    const remove = client.raw.DELETE as unknown as (path: string) => Promise<unknown>
    const { error } = await toResult(remove('/v1/hood/exports'))
    expect(error).toMatchObject({
      kind: 'invalid-options',
      message: expect.stringContaining('"DELETE" is not documented'),
    })
  })

  test('a POST is sent with its body, and its operation is given back', async () => {
    const { data, response } = await client.raw.POST('/v1/hood/quick-reports/{id}/export', {
      params: { path: { id: '17' } },
      body: { name: 'Clicks', out: 'json' },
    })
    expect([response.status, data?.status]).toEqual([202, 'running'])
    expect(standIn.requests.at(-1)).toMatchObject({ method: 'POST', body: { name: 'Clicks', out: 'json' } })
    const retried = await client.raw.POST('/v1/hood/exports/{id}/retry', { params: { path: { id: '1000000' } } })
    expect(retried.response.status).toBe(202)
    expect(standIn.requests.at(-1)?.body).toBeUndefined()
  })

  test('a filter is a query parameter, as the wire writes it', async () => {
    const query = { status: 'in:ready,failed', create_time: 'gte:2026-01-01' }
    await client.raw.GET('/v1/hood/exports', { params: { query } })
    expect([...(standIn.requests.at(-1)?.url.searchParams ?? [])]).toEqual(Object.entries(query))
  })

  test.each<[string, (request: Request) => Request]>([
    ['a new Request', (request) => new Request(request, { headers: { 'x-trace': 'abc' } })],
    ['a clone', (request) => traced(request.clone())],
    ['the same one, changed', traced],
  ])('a middleware may give back %s, and the caller’s abort still ends the call', async (_kind, change) => {
    const standIn = createStandIn()
    const own = createExportsClient({ token: 'any', fetch: standIn.fetch })
    own.raw.use({ onRequest: ({ request }) => change(request) })
    const { response } = await own.raw.GET('/v1/hood/exports')
    expect(response.status).toBe(200)
    expect(standIn.requests.at(-1)?.headers.get('x-trace')).toBe('abc')
    standIn.next({ kind: 'silent' })
    const controller = new AbortController()
    const call = toResult(own.raw.GET('/v1/hood/exports', { signal: controller.signal }))
    controller.abort()
    expect((await call).error).toMatchObject({ kind: 'aborted' })
  })

  test('the caller’s signal is followed', async () => {
    standIn.next({ kind: 'silent' })
    const controller = new AbortController()
    const call = toResult(client.raw.GET('/v1/hood/exports', { signal: controller.signal }))
    controller.abort()
    expect((await call).error).toMatchObject({ kind: 'aborted' })
  })
})

function traced(request: Request): Request {
  request.headers.set('x-trace', 'abc')
  return request
}
