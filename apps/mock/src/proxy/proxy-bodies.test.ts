import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CREATE, LIST, RETRY } from '../testing/mock-bench.ts'
import { QUOTA, TOKEN, json, proxyOf, vendor } from '../testing/proxy-bench.ts'

const ACCEPTED = json(202, { id: '0f0ad209' })

describe('the body of a POST', () => {
  test.each(['Content-Length: 7', 'Transfer-Encoding: chunked'])(
    'is passed on byte by byte, with %s',
    async (framing) => {
      const seen: unknown[] = []
      const origin = await vendor((request, response) => {
        const { method, url, headers } = request
        let received = ''
        request.setEncoding('latin1').on('data', (text: string) => (received += text))
        request.once('end', () => seen.push([method, url, headers['content-type'], received]))
        ACCEPTED(request, response)
      })
      const { port } = await proxyOf(origin)
      const body = '\u0000\u00ff {"a\u00e9'
      const socket = connect(port, '127.0.0.1')
      const lines = [
        `POST ${CREATE} HTTP/1.1`,
        'Host: x',
        'Connection: close',
        'Content-Type: application/json',
        framing,
      ]
      const framed = framing.startsWith('T') ? `3\r\n${body.slice(0, 3)}\r\n4\r\n${body.slice(3)}\r\n0\r\n\r\n` : body
      socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${framed}`, 'latin1'))
      let answer = ''
      for await (const chunk of socket) answer += String(chunk)
      expect(answer).toMatch(/^HTTP\/1\.1 202 /)
      expect(seen).toEqual([['POST', CREATE, 'application/json', body]])
    },
  )

  test('is sent once, whatever becomes of it', async () => {
    let calls = 0
    const origin = await vendor((request) => {
      calls += 1
      request.resume().on('end', () => request.socket.destroy())
    })
    const { create } = await proxyOf(origin)
    const response = await create('{"name":"July"}')
    expect([response.status, response.headers.get('x-mock-reason'), calls]).toEqual([
      502,
      `no answer from ${origin}: ECONNRESET`,
      1,
    ])
  })

  test.each(['status=400', 'status=429', 'retry-after=1'])(
    'is not sent where %s says that it is refused',
    async (fault) => {
      let calls = 0
      const origin = await vendor((request, response) => {
        calls += 1
        ACCEPTED(request, response)
      })
      const { create } = await proxyOf(origin)
      expect((await create('{}', { 'x-fault': fault })).status).toBe(fault === 'status=400' ? 400 : 429)
      expect(calls).toBe(0)
    },
  )

  test.each(['status=500', 'empty-500', 'html'])('is sent where %s leaves the outcome open', async (fault) => {
    let calls = 0
    const origin = await vendor((request, response) => {
      calls += 1
      ACCEPTED(request, response)
    })
    const { create } = await proxyOf(origin)
    expect((await create('{}', { 'x-fault': fault })).status).toBe(fault === 'html' ? 200 : 500)
    expect(calls).toBe(1)
  })

  test('of 16 MB is passed on in both directions without a warning of Node', async () => {
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
})

describe('a deviation of a body', () => {
  test.each([
    [
      'out is unknown',
      '{"out":"xlsx"}',
      'Request body property out must be equal to one of the allowed values: csv, json',
    ],
    ['it is no JSON', '{"out"', 'Request body is not JSON, although its media type says so'],
    ['it is missing', '', 'Body parameter is required'],
    ['it is too large', JSON.stringify({ name: 'x'.repeat(1_000_000) }), 'the body is too large to be checked'],
  ])('is reported when %s, and nothing else', async (_title, body, message) => {
    const { create, found } = await proxyOf(await vendor(ACCEPTED))
    expect((await create(body)).status).toBe(202)
    expect(found).toEqual([{ request: `POST ${CREATE}`, status: 202, side: 'request', message }])
  })

  test('is reported when the document does not have its media type', async () => {
    const { create, found } = await proxyOf(await vendor(ACCEPTED))
    await create('name=July', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(found.map(({ message }) => message)).toEqual([
      'Request has the media type "application/x-www-form-urlencoded"; Supported content types: application/json',
    ])
  })

  test.each(['json', '\u00ff/\u00ff', 'application/json; charset'])(
    'is reported for the Content-Type "%s"',
    async (type) => {
      const { create, found } = await proxyOf(await vendor(json(202, { id: '1' }, { ...QUOTA, 'content-type': type })))
      await create('{}', { 'content-type': type })
      expect(found.map(({ message }) => message)).toEqual([
        `Request has the Content-Type ${JSON.stringify(type)}, which is no media type: give one such as application/json`,
        `the Content-Type ${JSON.stringify(type)} is no media type`,
      ])
    },
  )

  test('is not reported for an empty parameter of a media type', async () => {
    const type = 'application/json;'
    const { create, found } = await proxyOf(await vendor(json(202, { id: '1' }, { ...QUOTA, 'content-type': type })))
    await create('{}', { 'content-type': type })
    expect(found).toEqual([])
  })

  test('is reported where the document has none', async () => {
    const { url, found } = await proxyOf(await vendor(ACCEPTED))
    const headers = { authorization: `Bearer ${TOKEN}` }
    await (await fetch(`${url}${RETRY}`, { method: 'POST', headers })).text()
    expect(found).toEqual([])
    await (await fetch(`${url}${RETRY}`, { method: 'POST', headers, body: '{}' })).text()
    expect(found).toMatchObject([{ side: 'request', message: 'the document has no body for this request' }])
  })

  test.each([
    ['without an id', { status: 'running' }, "Response body must have required property 'id'"],
    ['with a time that is none', { id: '1', start_time: '2025-07-28T08:00:35Z' }, 'start_time must match pattern'],
  ])('is reported for an operation %s', async (_title, operation, message) => {
    const { create, found } = await proxyOf(await vendor(json(202, operation)))
    await create('{}')
    expect(found).toEqual([
      expect.objectContaining({ side: 'response', message: expect.stringContaining(message) as string }),
    ])
  })

  test('is not reported for a body that was answered before its end', async () => {
    const origin = await vendor((request, response) => {
      response.writeHead(400, { 'content-type': 'application/json', ...QUOTA })
      request.once('data', () => response.end('{"code":400,"title":"No."}'))
    })
    const { url, mock } = await proxyOf(origin)
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const call = httpRequest(`${url}${CREATE}`, { method: 'POST', headers })
    call.write('{"out')
    const [response] = (await once(call, 'response')) as [IncomingMessage]
    await once(response.resume(), 'end')
    expect([response.statusCode, mock.deviations()]).toEqual([400, []])
    call.destroy()
  })

  test('of a 200 where a 202 is documented is reported', async () => {
    const { create, found } = await proxyOf(await vendor(json(200, { id: '1' })))
    await create('{}')
    expect(found).toMatchObject([
      { side: 'response', message: expect.stringContaining('Unable to match the returned status code') as string },
    ])
  })

  test('never has the token in it, nor any other value', async () => {
    const { create, found } = await proxyOf(await vendor(json(202, { [TOKEN]: 1, start_time: TOKEN })))
    await create(JSON.stringify({ out: TOKEN, filters: { [TOKEN]: 1, [`Bearer ${TOKEN}`]: 2, password: ['hunter2'] } }))
    await create(JSON.stringify({ name: [TOKEN] }).replaceAll('e', String.raw`\u0065`))
    await create(`{"${TOKEN}`)
    await create(`token=${TOKEN}`, { 'content-type': `text/plain; token="${TOKEN}"` })
    expect(found.length).toBeGreaterThan(8)
    expect(JSON.stringify(found)).not.toMatch(/ecret.{0,4}token|hunter2/)
    expect(JSON.stringify(found)).toContain('filters.***')
  })
})
