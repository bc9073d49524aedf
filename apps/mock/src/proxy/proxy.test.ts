import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from '../start.ts'
import { LIST } from '../testing/mock-bench.ts'
import { GOOD, QUOTA, TOKEN, json, proxyOf, vendor } from '../testing/proxy-bench.ts'
import type { Deviation } from './deviation.ts'

const COOKIES = ['a=1; Path=/', 'b=2; Path=/']

/** Head and body of an answer, byte by byte. */
async function rawAnswer(port: number, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const lines = { host: 'mock.example', authorization: `Bearer ${TOKEN}`, connection: 'close', ...headers }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET ${LIST} HTTP/1.1\r\n${head.join('')}\r\n`)
  let answer = ''
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk
  return answer.replaceAll('\r', '')
}

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
    const { ask, create, found } = await proxyOf(mock.url)
    await ask(LIST)
    await ask(`${LIST}/1?view=full`)
    expect(await (await ask(`${LIST}/1/download`)).text()).toBe('id,name\r\n1,Ana\r\n2,Bogdan\r\n')
    await ask(`${LIST}?status=in:ready,failed&create_time=gte:2026-01-01&name=Ana`)
    for (const code of [400, 401, 404, 429, 500]) await ask(LIST, { prefer: `code=${code}` })
    expect((await create('{"name":"July"}')).status).toBe(202)
    for (const code of [400, 401, 404, 429, 500]) await create('{}', { prefer: `code=${code}` })
    expect(found).toEqual([])
  })

  test('finds nothing wrong with numbers that are written as text', async () => {
    const item = { id: '1', size: '125', attempt_count: '1', download_count: '0' }
    const { ask, found } = await proxyOf(await vendor(json(200, { total: '31', items: [item] })))
    await ask(LIST)
    expect(found).toEqual([])
  })

  test.each<[string, string, RequestListener, Partial<Deviation>]>([
    ['a bad page', `${LIST}?page=0`, GOOD, { side: 'request', message: 'Request query parameter page.0 must be >= 1' }],
    [
      'an unknown parameter',
      `${LIST}?state=x`,
      GOOD,
      { side: 'request', message: 'the query parameter "state" is not documented', request: `GET ${LIST}?state=***` },
    ],
    ['an unknown path', '/v1/other', GOOD, { side: 'request', message: 'the document has no such operation' }],
    [
      'a filter with an operator that its member does not take',
      `${LIST}?status=gt:a`,
      GOOD,
      { side: 'request', message: expect.stringContaining('it has no operator "gt", but eq, neq') as string },
    ],
    [
      'a parameter that is given twice',
      `${LIST}?page=1&page=2`,
      GOOD,
      { side: 'request', message: 'Request query parameter page is given 2 times: give it once' },
    ],
    [
      'a total that is no number',
      LIST,
      json(200, { total: 'many', items: [] }),
      { side: 'response', message: 'Response body property total must match pattern "^[0-9]+$"' },
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
      'an unknown status',
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

  test('passes a body that breaks off on as one that breaks off', async () => {
    const origin = await vendor((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv', ...QUOTA })
      response.write('id\n', () => response.destroy())
    })
    const { ask } = await proxyOf(origin)
    await expect(ask(`${LIST}/1/download`)).rejects.toThrow('terminated')
  })

  test('says that the other side has not answered, in the API’s shape', async () => {
    const { ask } = await proxyOf('http://127.0.0.1:1')
    const response = await ask(LIST)
    expect([response.status, await response.json()]).toMatchObject([502, { code: 502, title: 'Bad gateway.' }])
    expect(response.headers.get('x-mock-reason')).toBe('no answer from http://127.0.0.1:1: ECONNREFUSED')
  })

  test('passes Set-Cookie on line by line, and headers that are no ASCII byte by byte', async () => {
    const name = Buffer.from('attachment; filename="žaba.csv"').toString('latin1')
    const origin = await vendor((_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/csv',
        ...QUOTA,
        'content-disposition': name,
        'set-cookie': COOKIES,
      })
      response.end('id\n')
    })
    const { url, mock } = await proxyOf(origin)
    const request = { headers: { authorization: `Bearer ${TOKEN}` } }
    for (const response of [
      await fetch(`${url}${LIST}/1/download`, request),
      await mock.fetch(new Request(`${url}${LIST}/1/download`, request)),
    ]) {
      expect(response.headers.get('content-disposition')).toBe(name)
      expect(response.headers.getSetCookie()).toEqual(COOKIES)
      expect(await response.text()).toBe('id\n')
    }
  })

  test('passes a header that comes twice on as two', async () => {
    const origin = await vendor((_request, response) => {
      response.writeHead(200, { ...QUOTA, 'content-type': 'application/json', 'x-twice': ['a', 'b'] })
      response.end('{"total":0,"items":[]}')
    })
    const { port } = await proxyOf(origin)
    const response = await rawAnswer(port)
    expect(response.match(/^x-twice: .$/gm)).toEqual(['x-twice: a', 'x-twice: b'])
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['zstd', zstdCompressSync],
  ])('passes %s on as it is asked for, and checks what is in it', async (encoding, compress) => {
    const asked: unknown[] = []
    const origin = await vendor((request, response) => {
      asked.push(request.headers['accept-encoding'])
      response.writeHead(200, { ...QUOTA, 'content-type': 'application/json', 'content-encoding': encoding })
      response.end(compress(Buffer.from('{"items":[]}')))
    })
    const { port, found } = await proxyOf(origin)
    await rawAnswer(port, { 'accept-encoding': encoding })
    expect(asked).toEqual([encoding])
    expect(found).toEqual([expect.objectContaining({ side: 'response', message: expect.stringContaining('total') })])
  })

  test('reports a body that is not in its encoding, or in one that is not known', async () => {
    for (const encoding of ['gzip', 'nonsense']) {
      const { port, found } = await proxyOf(
        await vendor(json(200, { total: 0, items: [] }, { ...QUOTA, 'content-encoding': encoding })),
      )
      await rawAnswer(port)
      expect(found.map(({ message }) => message)).toContain(`the body is not in the Content-Encoding "${encoding}"`)
    }
  })

  test('scripts faults and counts limits in front of the other side, and does not pass the script on', async () => {
    let calls = 0
    const origin = await vendor((request, response) => {
      calls += 1
      expect(request.headers['x-fault']).toBeUndefined()
      GOOD(request, response)
    })
    const { ask } = await proxyOf(origin, { limits: { windows: [{ limit: 2, windowMs: 3_600_000 }] } })
    expect((await ask(LIST, { 'x-fault': 'unknown-values' })).status).toBe(200)
    expect((await ask(LIST, { 'x-fault': 'status=500' })).status).toBe(500)
    expect((await ask(LIST)).status).toBe(429)
    expect(calls).toBe(2)
  })

  test('gives test suites what it has found', async () => {
    const { ask } = await proxyOf(await vendor(GOOD), { control: 'on' })
    await ask(`${LIST}?page=0`)
    expect(await (await ask('/_mock/deviations')).json()).toMatchObject({
      deviations: [{ side: 'request', status: 200 }],
    })
  })
})
