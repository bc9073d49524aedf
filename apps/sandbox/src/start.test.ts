import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { PortUnavailable } from '@hood-exports/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startSandbox } from './start.ts'
import type { StartOptions, StartedSandbox } from './start.ts'
import { LIST, REPORT, manualClock } from './testing/bench.ts'

const authorization = 'Bearer sandbox-ana'

async function begin(options: StartOptions = {}): Promise<StartedSandbox> {
  const started = await startSandbox({ items: 20, limits: 'off', faults: 'on', ...options })
  onTestFinished(() => started.close())
  return started
}

/** Sends bytes as they are, and reads until the server closes. */
async function raw(port: number, text: string | Buffer): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(text)
  let received = ''
  socket.setEncoding('latin1')
  for await (const chunk of socket) received += chunk as string
  return received
}

describe('over a socket', () => {
  test('a list has a length, and is what the sandbox answers in process', async () => {
    const { url, sandbox } = await begin()
    const response = await fetch(`${url}${LIST}`, { headers: { authorization } })
    const inProcess = await sandbox.fetch(new Request(`${url}${LIST}`, { headers: { authorization } }))
    const text = await response.text()
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
    expect(text).toBe(await inProcess.text())
  })

  test('a download comes in chunks, with as many bytes as the list says', async () => {
    const { url, sandbox } = await begin()
    await sandbox.setState('export 7 exists', { size: 3_000_000 })
    const response = await fetch(`${url}${LIST}/7/download`, { headers: { authorization } })
    expect(response.headers.get('transfer-encoding')).toBe('chunked')
    expect(response.headers.get('content-length')).toBeNull()
    expect(response.headers.get('content-disposition')).toContain('attachment; filename=')
    expect((await response.bytes()).length).toBe(3_000_000)
  })

  test('a file that is not read is not made', async () => {
    const clock = manualClock()
    const limits = { windows: [{ limit: 90, windowMs: 60_000 }], parallel: 1 }
    const { url, port, sandbox } = await begin({ clock, limits })
    await sandbox.setState('export 7 exists', { size: 1e12 })
    const ask = (): Promise<Response> => fetch(`${url}${LIST}`, { headers: { authorization } })
    const stalled = httpRequest({ port, path: `${LIST}/7/download`, headers: { authorization } })
    stalled.on('error', () => {})
    stalled.end()
    const [response] = (await once(stalled, 'response')) as [IncomingMessage]
    expect((await ask()).headers.get('retry-after')).toBe('-1')
    response.destroy()
    let status = 429
    while (status === 429) ({ status } = await ask())
    expect(status).toBe(200)
  })

  test('HEAD has the length of GET and no body', async () => {
    const { port } = await begin()
    const head = await raw(
      port,
      `HEAD ${LIST} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${authorization}\r\n\r\n`,
    )
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*content-length: [1-9]\d+\r\n[^]*\r\n\r\n$/i)
  })

  test('a preflight is answered without a token', async () => {
    const { url } = await begin()
    const { status, headers } = await fetch(`${url}${LIST}`, { method: 'OPTIONS' })
    expect([status, headers.get('access-control-allow-headers')]).toEqual([
      204,
      'Authorization, Content-Type, Prefer, X-Fault, *',
    ])
  })

  test('a dropped connection is one for the client, and the next request works', async () => {
    const { url } = await begin()
    const headers = { authorization, 'x-fault': 'drop' }
    await expect(fetch(`${url}${LIST}`, { headers })).rejects.toThrow('fetch failed')
    expect((await fetch(`${url}${LIST}`, { headers: { authorization } })).status).toBe(200)
  })

  test.each([
    [LIST, 100],
    [`${LIST}/1000000/download`, 40],
  ])('%s is cut after %i bytes', async (path, bytes) => {
    const { port } = await begin()
    const answer = await raw(
      port,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nX-Fault: truncate=${bytes}\r\n\r\n`,
    )
    const [head = '', ...rest] = answer.split('\r\n\r\n')
    const body = rest.join('\r\n\r\n')
    const isChunked = /transfer-encoding: chunked/i.test(head)
    const content = isChunked ? body.replaceAll(/(^|\r\n)[0-9a-f]+\r\n/g, '').replace(/\r\n$/, '') : body
    expect(content).toHaveLength(bytes)
    expect(body.endsWith('0\r\n\r\n')).toBe(false)
  })

  test.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 400],
    ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a bad length', `GET ${LIST} HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n`, 400],
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
    const answer = await raw(
      port,
      `GET http://api.example${LIST}?page=1,1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${authorization}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('an export is made, also by a request whose body comes in pieces and by one that asks before it sends', async () => {
    const { url, port } = await begin()
    const json = '{"name": "Größe 🛒"}'
    const headers = { authorization, 'content-type': 'application/json' }
    expect((await fetch(`${url}${REPORT}`, { method: 'POST', headers, body: json })).status).toBe(202)
    const head = `POST ${REPORT} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: ${authorization}\r\n`
    const chunks = [...Buffer.from(json)].map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`).join('')
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`
    expect(await raw(port, Buffer.from(chunked, 'latin1'))).toMatch(/^HTTP\/1\.1 202 /)
    const asking = `${head}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}`
    expect(await raw(port, asking)).toMatch(/^HTTP\/1\.1 100 [^]*HTTP\/1\.1 202 /)
    const listed = await fetch(`${url}${LIST}?create_time=gte:2026-01-01&sort=-name&fields=name`, { headers })
    const names = ((await listed.json()) as { items: { name: string }[] }).items.map(({ name }) => name.split(' - ')[0])
    expect(names).toEqual(['Quick report 42', 'Größe 🛒', 'Größe 🛒'])
  })

  test('an export whose request breaks off is not made, and gives its place in parallel back', async () => {
    const limits = { windows: [{ limit: 1_000_000, windowMs: 60_000 }], parallel: 1 }
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    const { url, port } = await begin({ limits, clock: manualClock(), onError })
    const socket = connect(port, '127.0.0.1')
    const head = `POST ${REPORT} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: ${authorization}\r\n`
    socket.write(`${head}Content-Length: 2\r\n\r\n{`)
    const ask = (): Promise<Response> => fetch(`${url}${LIST}`, { headers: { authorization } })
    let status = 200
    while (status === 200) ({ status } = await ask())
    socket.destroy()
    while (status === 429) ({ status } = await ask())
    expect(((await (await ask()).json()) as { total: number }).total).toBe(20)
    expect(errors).toEqual([])
  })

  test('a request for an export with a body that is too large is a 413', async () => {
    const { url } = await begin()
    const headers = { authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'a'.repeat(1_100_000) })
    const response = await fetch(`${url}${REPORT}`, { method: 'POST', headers, body })
    expect([response.status, response.headers.get('x-sandbox-reason')]).toEqual([
      413,
      'the body is larger than 1000000 bytes',
    ])
  })

  test('a body that is too large for the control endpoint is a 400', async () => {
    const { url } = await begin({ control: 'on' })
    const body = JSON.stringify({ state: 'no exports exist', params: { text: 'a'.repeat(1_100_000) } })
    expect((await fetch(`${url}/_sandbox/states`, { method: 'POST', body })).status).toBe(400)
  })
})

describe('closing', () => {
  test('breaks what is under way: a scripted delay does not hold it up', async () => {
    const started = await startSandbox({ items: 0, faults: 'on' })
    const headers = { authorization, 'x-fault': 'delay=600000ms' }
    const reply = fetch(`${started.url}${LIST}`, { headers }).catch((error: unknown) => error)
    // The next request is answered after the delayed one has arrived.
    await fetch(`${started.url}${LIST}`)
    await started.close()
    expect(await reply).toBeInstanceOf(TypeError)
    expect(process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap')).toEqual([])
  })
})

describe('a port', () => {
  test('that is taken is an error that names it and the way out', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    const started = startSandbox({ port, items: 0 })
    await expect(started).rejects.toBeInstanceOf(PortUnavailable)
    await expect(started).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken: give another one, or 0 for any free one`)
  })

  test('of an address of another machine is an error too', async () => {
    await expect(startSandbox({ host: '192.0.2.1', items: 0 })).rejects.toThrow(
      '"192.0.2.1" is not an address of this machine: give 127.0.0.1 or ::1',
    )
  })

  test('of every address has the URL of localhost', async () => {
    expect((await begin({ host: '0.0.0.0' })).url).toMatch(/^http:\/\/localhost:\d+$/)
  })
})
