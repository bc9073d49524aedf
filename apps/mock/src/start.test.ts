import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { PortUnavailable } from '@hood-exports/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMock } from './start.ts'
import type { StartOptions, StartedMock } from './start.ts'
import { AUTHORIZATION, LIST } from './testing/mock-bench.ts'

async function begin(options: StartOptions = {}): Promise<StartedMock> {
  const started = await startMock({ port: 0, ...options })
  onTestFinished(() => started.close())
  return started
}

/** Sends bytes as they are, and reads until the server closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(text)
  let received = ''
  socket.setEncoding('latin1')
  for await (const chunk of socket) received += chunk as string
  return received
}

const head = (method: string, path: string, ...lines: string[]): string =>
  [
    `${method} ${path} HTTP/1.1`,
    'Host: x',
    'Connection: close',
    `Authorization: ${AUTHORIZATION}`,
    ...lines,
    '',
    '',
  ].join('\r\n')

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}

describe('over a socket', () => {
  test('a list has a length, and is what the mock answers in process', async () => {
    const { url, mock } = await begin()
    const init = { headers: { authorization: AUTHORIZATION } }
    const response = await fetch(`${url}${LIST}`, init)
    const text = await response.text()
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
    expect(text).toBe(await (await mock.fetch(new Request(`${url}${LIST}`, init))).text())
  })

  test('a download comes in chunks, without a length', async () => {
    const { port } = await begin()
    const answer = await raw(port, head('GET', `${LIST}/1/download`))
    expect(answer).toMatch(/transfer-encoding: chunked/i)
    expect(answer).not.toMatch(/content-length/i)
    expect(answer).toContain('7\r\n1,Ana\r\n\r\n')
  })

  test('HEAD has the length of GET and no body', async () => {
    const { port } = await begin()
    expect(await raw(port, head('HEAD', LIST))).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*content-length: 541\r\n[^]*\r\n\r\n$/i,
    )
  })

  test('a dropped connection is one for the client, and the next request works', async () => {
    const { url } = await begin()
    const headers = { authorization: AUTHORIZATION }
    await expect(fetch(`${url}${LIST}`, { headers: { ...headers, 'x-fault': 'drop' } })).rejects.toThrow('fetch failed')
    expect((await fetch(`${url}${LIST}`, { headers })).status).toBe(200)
  })

  test.each([
    [LIST, 0],
    [LIST, 100],
    [`${LIST}/1/download`, 0],
    [`${LIST}/1/download`, 12],
  ])('%s is cut after %i bytes', async (path, bytes) => {
    const { port } = await begin()
    const answer = await raw(port, head('GET', path, `X-Fault: truncate=${bytes}`))
    const [top = '', ...rest] = answer.split('\r\n\r\n')
    const body = rest.join('\r\n\r\n')
    const isChunked = /transfer-encoding: chunked/i.test(top)
    expect(isChunked ? body.replaceAll(/(^|\r\n)[0-9a-f]\r\n/g, '').replace(/\r\n$/, '') : body).toHaveLength(bytes)
    expect(body.endsWith('0\r\n\r\n')).toBe(false)
  })

  test.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a bad length', `GET ${LIST} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n`, 400],
    ['an unknown expectation', head('GET', '/nowhere', 'Expect: miracles'), 404],
  ])('%s gets an error in the documented shape', async (_title, text, status) => {
    const { port } = await begin()
    const answer = await raw(port, text)
    expect(answer.startsWith(`HTTP/1.1 ${status} `)).toBe(true)
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      code: status,
      title: expect.any(String),
    })
  })

  test('a target with the whole URL, as proxies send it, is the path in it', async () => {
    const { port } = await begin()
    expect(await raw(port, head('GET', `http://api.example${LIST}?page=1,1`))).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('a caller that has gone leaves the limit on parallel requests', async () => {
    const { url, port } = await begin({ limits: { windows: [{ limit: 10_000, windowMs: 60_000 }], parallel: 1 } })
    const headers = { authorization: AUTHORIZATION }
    const stalled = httpRequest({ port, path: LIST, headers: { ...headers, 'x-fault': 'delay=600000' } })
    const broken = once(stalled, 'error')
    stalled.end()
    let retryAfter: string | null = null
    while (retryAfter === null) retryAfter = (await fetch(`${url}${LIST}`, { headers })).headers.get('retry-after')
    expect(retryAfter).toBe('-1')
    stalled.destroy(new Error('gone'))
    await broken
    while (retryAfter !== null) retryAfter = (await fetch(`${url}${LIST}`, { headers })).headers.get('retry-after')
  })
})

describe('closing', () => {
  test('breaks what is under way: neither a scripted delay nor an open connection holds it up', async () => {
    const started = await startMock({ port: 0 })
    const headers = { authorization: AUTHORIZATION, 'x-fault': 'delay=600000' }
    const reply = fetch(`${started.url}${LIST}`, { headers }).catch((error: unknown) => error)
    // The next request is answered after the delayed one has arrived.
    await fetch(`${started.url}${LIST}`)
    await started.close()
    expect(await reply).toBeInstanceOf(TypeError)
    await expect(fetch(started.url)).rejects.toThrow('fetch failed')
  })
})

describe('starting', () => {
  test('a request that comes while Prism is being loaded is answered, not refused', async () => {
    const port = await freePort()
    const starting = begin({ port })
    let response: IncomingMessage | undefined
    while (response === undefined) {
      const request = httpRequest({ port, path: LIST, headers: { authorization: AUTHORIZATION } }).end()
      response = await once(request, 'response').then(
        ([reply]) => reply as IncomingMessage,
        () => undefined,
      )
    }
    expect(response.statusCode).toBe(200)
    response.resume()
    await starting
  })

  test('on a port that is taken is an error that names it and the way out', async () => {
    const { port } = await begin()
    const started = startMock({ port })
    await expect(started).rejects.toBeInstanceOf(PortUnavailable)
    await expect(started).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken: give another one, or 0 for any free one`)
  })

  test.each<[StartOptions, string]>([
    [{ spec: 'nowhere.yaml' }, 'nowhere.yaml: there is no such file'],
    [{ proxy: 'nonsense' }, 'proxy: give an origin such as http://127.0.0.1:4020'],
    [{ limits: { windows: [] } }, 'limits: no window is given'],
    [{ faults: 'explode' }, '"explode" is not a fault'],
  ])('with %j is refused before a port is asked for', async (options, message) => {
    const { port } = await begin()
    await expect(startMock({ port, ...options })).rejects.toThrow(message)
  })

  test('on an address of another machine is an error too', async () => {
    await expect(startMock({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
      '"192.0.2.1" is not an address of this machine',
    )
  })

  test('on every address has the URL of localhost', async () => {
    expect((await begin({ host: '0.0.0.0' })).url).toMatch(/^http:\/\/localhost:\d+$/)
  })

  test('that fails leaves no port taken', async () => {
    const port = await freePort()
    await expect(startMock({ port, seed: 0.5 })).rejects.toThrow('seed: 0.5; give a whole number')
    expect((await begin({ port })).port).toBe(port)
  })
})
