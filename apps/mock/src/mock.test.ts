import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMock } from './mock.ts'
import type { Mock } from './mock.ts'
import { PortTaken, startMock } from './server.ts'

let mock: Mock
beforeAll(async () => {
  mock = await createMock()
})

function ask(
  path: string,
  headers: Record<string, string> = { authorization: 'Bearer any' },
  method = 'GET',
): Promise<Response> {
  return mock.fetch(new Request(`http://mock.example${path}`, { headers, method }))
}

describe('the mock', () => {
  test('answers a list with the vendor’s sample, and the quota', async () => {
    const response = await ask('/v1/hood/exports?fields=id,name&sort=-create_time&page=2,50')
    expect(response.status).toBe(200)
    expect(response.headers.get('x-ratelimit-limit')).toBe('150')
    expect(await response.json()).toMatchObject({ total: 5, items: [{ id: '1000000' }] })
  })

  test('streams a sample file', async () => {
    const response = await ask('/v1/hood/exports/1000000/download')
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(await response.text()).toBe('id,name\r\n1,Ana\r\n2,Bogdan\r\n')
  })

  test.each([
    ['no token', '/v1/hood/exports', {}, 401],
    ['an unsortable key', '/v1/hood/exports?sort=id', undefined, 400],
    ['page 0', '/v1/hood/exports?page=0', undefined, 400],
    ['three numbers as page', '/v1/hood/exports?page=1,2,3', undefined, 400],
    ['an unknown field', '/v1/hood/exports?fields=nmae', undefined, 400],
    ['an id that is none', '/v1/hood/exports/abc', undefined, 400],
    ['an unknown path', '/v2/exports', undefined, 404],
    ['a code that is not documented', '/v1/hood/exports', { authorization: 'Bearer any', prefer: 'code=418' }, 400],
    [
      'an example that does not exist',
      '/v1/hood/exports',
      { authorization: 'Bearer any', prefer: 'example=nope' },
      400,
    ],
    ['a preference that is none', '/v1/hood/exports', { authorization: 'Bearer any', prefer: 'status=404' }, 400],
  ])('%s is an error in the documented shape', async (_title, path, headers, status) => {
    const response = await ask(path, headers)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toMatchObject({ code: status, title: expect.any(String) })
  })

  test.each([400, 401, 404, 429, 500])('Prefer: code=%i is the documented example', async (code) => {
    const response = await ask('/v1/hood/exports/1000000', { authorization: 'Bearer any', prefer: `code=${code}` })
    expect(response.status).toBe(code)
    expect(await response.json()).toMatchObject({ code })
    expect(response.headers.has(code === 429 ? 'retry-after' : 'x-ratelimit-limit')).toBe(true)
  })

  test('Prefer: example= chooses an example', async () => {
    const response = await ask('/v1/hood/exports', { authorization: 'Bearer any', prefer: 'example=empty' })
    expect(await response.json()).toEqual({ total: 0, items: [] })
  })

  test('HEAD has the head of GET and no body; other methods are refused', async () => {
    const head = await ask('/v1/hood/exports', undefined, 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await ask('/v1/hood/exports', undefined, 'DELETE')).status).toBe(405)
  })
})

describe('the server', () => {
  test('takes a free port, answers there, and ends', async () => {
    const running = await startMock({ port: 0 })
    const response = await fetch(`${running.url}/v1/hood/exports`, { headers: { authorization: 'Bearer any' } })
    expect(response.status).toBe(200)
    await running.close()
    await expect(fetch(running.url)).rejects.toThrow('fetch failed')
  })

  test('says which port is taken, and the way out', async () => {
    const running = await startMock({ port: 0 })
    await expect(startMock({ port: running.port })).rejects.toThrow(PortTaken)
    await running.close()
  })
})

describe.each([
  ['the bin', ['src/bin.ts', '--port', '0', '--json']],
  // What `pnpm mock:plain` runs.
  [
    'plain Prism',
    ['node_modules/@stoplight/prism-cli/dist/index.js', 'mock', '../../openapi/hood-exports.yaml', '--port', '0'],
  ],
])('%s', (_name, argv) => {
  const child = { process: undefined as ReturnType<typeof spawn> | undefined }
  afterAll(() => child.process?.kill('SIGKILL'))

  test('says where it is when it is ready, and SIGTERM ends it', async () => {
    const bin = spawn(process.execPath, argv, {
      cwd: new URL('..', import.meta.url),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.process = bin
    let url: string | undefined
    for await (const line of createInterface(bin.stdout)) {
      url = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
      if (url && /listening|ready/.test(line)) break
    }
    const response = await fetch(`${url}/v1/hood/exports`, { headers: { authorization: 'Bearer any' } })
    expect(await response.json()).toMatchObject({ total: 5 })
    const exit = once(bin, 'exit')
    bin.kill('SIGTERM')
    await exit
  })
})
