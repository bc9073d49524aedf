import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../start.ts'
import type { StartOptions, StartedMock } from '../start.ts'
import { LIST } from '../testing/mock-bench.ts'
import type { Deviation } from './deviation.ts'

const TOKEN = 'secret/token+that=nobody-may-see'

/** Stands in for the vendor. */
async function vendor(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Proxied extends StartedMock {
  readonly found: readonly Deviation[]
  /** Asks through the proxy, and waits until the exchange has been checked. */
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
}

async function proxyOf(origin: string, options: StartOptions = {}): Promise<Proxied> {
  const found: Deviation[] = []
  const started = await startMock({
    port: 0,
    proxy: origin,
    onDeviation: (deviation) => found.push(deviation),
    ...options,
  })
  onTestFinished(() => started.close())
  return {
    ...started,
    found,
    ask: async (path, headers = {}) => {
      const response = await fetch(`${started.url}${path}`, {
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      })
      const text = await response.text()
      return new Response(text || null, { status: response.status, headers: response.headers })
    },
  }
}

const QUOTA = { 'x-ratelimit-limit': '150', 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '1' }
const json =
  (status: number, body: unknown, headers: Record<string, string> = QUOTA): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
const GOOD = json(200, { total: 0, items: [] })

describe('the proxy', () => {
  test('passes requests and answers on as they are', async () => {
    const seen: unknown[] = []
    const origin = await vendor((request, response) => {
      const { method, url, headers } = request
      seen.push([method, url, headers.authorization, headers['x-mine'], headers.host])
      GOOD(request, response)
    })
    const { ask, found } = await proxyOf(origin)
    const response = await ask(`${LIST}?sort=-name&q=%C5%A0`, { 'x-mine': 'yes' })
    expect([response.status, await response.json()]).toEqual([200, { total: 0, items: [] }])
    expect(response.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(seen).toEqual([['GET', `${LIST}?sort=-name&q=%C5%A0`, `Bearer ${TOKEN}`, 'yes', new URL(origin).host]])
    expect(found).toEqual([])
  })

  test('finds nothing wrong with the mock itself', async () => {
    const mock = await startMock({ port: 0 })
    onTestFinished(() => mock.close())
    const { ask, found } = await proxyOf(mock.url)
    await ask(LIST)
    await ask(`${LIST}/1?view=full`)
    expect(await (await ask(`${LIST}/1/download`)).text()).toBe('id,name\r\n1,Ana\r\n2,Bogdan\r\n')
    for (const code of [400, 401, 404, 429, 500]) await ask(LIST, { prefer: `code=${code}` })
    expect(found).toEqual([])
  })

  test.each<[string, string, RequestListener, Partial<Deviation>]>([
    ['a bad page', `${LIST}?page=0`, GOOD, { side: 'request', message: 'Request query parameter page.0 must be >= 1' }],
    [
      'a parameter that nobody knows',
      `${LIST}?state=x`,
      GOOD,
      { side: 'request', message: 'the query parameter "state" is not documented', request: `GET ${LIST}?state=***` },
    ],
    ['a path that nobody knows', '/v1/other', GOOD, { side: 'request', message: 'the document has no such operation' }],
    [
      'a total as text',
      LIST,
      json(200, { total: '1', items: [] }),
      { side: 'response', message: 'Response body property total must be integer' },
    ],
    [
      'no items',
      LIST,
      json(200, { total: 1 }),
      { side: 'response', message: "Response body must have required property 'items'" },
    ],
    [
      'no quota',
      LIST,
      json(200, { total: 0, items: [] }, {}),
      {
        side: 'response',
        message: expect.stringContaining("must have required property 'x-ratelimit-limit'") as string,
      },
    ],
    [
      'a status that nobody knows',
      LIST,
      json(418, {}),
      {
        side: 'response',
        status: 418,
        message: expect.stringContaining('Unable to match the returned status code') as string,
      },
    ],
    [
      'HTML',
      LIST,
      json(200, '<html>', { ...QUOTA, 'content-type': 'text/html' }),
      { side: 'response', message: expect.stringContaining('media type "text/html" does not match') as string },
    ],
    [
      'a broken body',
      LIST,
      json(200, '{"total":'),
      { side: 'response', message: 'the body is not JSON, although its media type says so' },
    ],
    [
      'a quota that is no number',
      LIST,
      json(200, { total: 0, items: [] }, { ...QUOTA, 'x-ratelimit-limit': 'many' }),
      { side: 'response', message: 'Response header parameter x-ratelimit-limit must be integer' },
    ],
  ])('reports %s', async (_title, path, listener, deviation) => {
    const { ask, found, mock } = await proxyOf(await vendor(listener))
    await ask(path)
    expect(found).toContainEqual(expect.objectContaining(deviation))
    expect(mock.deviations()).toEqual(found)
  })

  test('repeats no token, wherever it stands', async () => {
    const { ask, found } = await proxyOf(await vendor(json(200, { total: 'x' })))
    await ask(`${LIST}?q=${TOKEN}&access_token=${TOKEN}`)
    await ask(`${LIST}?q=${encodeURIComponent(TOKEN)}`)
    await ask(`${LIST}?q=${encodeURIComponent(TOKEN).toLowerCase()}`)
    await ask(`${LIST}?${TOKEN}=1`)
    await ask(`/${TOKEN}`)
    await ask(`/%73ecret${encodeURIComponent(TOKEN.slice(6))}`)
    await ask(`/${encodeURIComponent(TOKEN)}`)
    expect(found.length).toBeGreaterThan(4)
    expect(JSON.stringify(found)).not.toMatch(/ecret.{0,3}token/)
  })

  test('streams: the first bytes of a file arrive before its last ones are sent', async () => {
    let finish = (): void => {}
    const origin = await vendor((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', ...QUOTA })
      response.write('id\n')
      finish = () => response.end('1\n')
    })
    const { url, found } = await proxyOf(origin)
    const response = await fetch(`${url}${LIST}/1/download`, { headers: { authorization: `Bearer ${TOKEN}` } })
    const reader = response.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('id\n')
    finish()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('1\n')
    expect([(await reader?.read())?.done, found]).toEqual([true, []])
  })

  test('leaves no listeners behind: 16 MB each way are passed on without a warning of Node', async () => {
    const warnings: Error[] = []
    const warn = (warning: Error): void => void warnings.push(warning)
    process.on('warning', warn)
    onTestFinished(() => void process.off('warning', warn))
    const origin = await vendor((request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', ...QUOTA })
      request.pipe(response)
    })
    const { url } = await proxyOf(origin)
    const response = await fetch(`${url}${LIST}/1/download`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new Uint8Array(16_000_000),
    })
    expect((await response.arrayBuffer()).byteLength).toBe(16_000_000)
    expect(warnings).toEqual([])
  })

  test('passes a body that breaks off on as one that breaks off', async () => {
    const origin = await vendor((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', ...QUOTA })
      response.write('id\n', () => response.destroy())
    })
    const { ask } = await proxyOf(origin)
    await expect(ask(`${LIST}/1/download`)).rejects.toThrow('terminated')
  })

  test('says that the other side cannot be reached, in the API’s shape', async () => {
    const { ask } = await proxyOf('http://127.0.0.1:1')
    const response = await ask(LIST)
    expect([response.status, await response.json()]).toMatchObject([502, { code: 502, title: 'Bad gateway.' }])
    expect(response.headers.get('x-mock-reason')).toBe('http://127.0.0.1:1 cannot be reached: ECONNREFUSED')
  })

  test('scripts faults and counts limits in front of the other side, and does not pass the script on', async () => {
    let calls = 0
    const origin = await vendor((request, response) => {
      calls += 1
      expect(request.headers['x-mock-fault']).toBeUndefined()
      GOOD(request, response)
    })
    const { ask } = await proxyOf(origin, { limits: { windows: [{ limit: 2, windowMs: 3_600_000 }] } })
    expect((await ask(LIST, { 'x-mock-fault': 'unknown-values' })).status).toBe(200)
    expect((await ask(LIST, { 'x-mock-fault': 'status=500' })).status).toBe(500)
    expect((await ask(LIST)).status).toBe(429)
    expect(calls).toBe(2)
  })

  test('tells test suites what it has found', async () => {
    const { ask } = await proxyOf(await vendor(GOOD), { control: 'on' })
    await ask(`${LIST}?page=0`)
    expect(await (await ask('/_mock/deviations')).json()).toMatchObject({
      deviations: [{ side: 'request', status: 200 }],
    })
  })
})
