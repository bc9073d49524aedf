import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createExportsClient } from './client.ts'
import { toResult } from './errors.ts'
import { TOKEN } from './fixtures/client-under-test.ts'

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
