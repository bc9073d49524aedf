import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json, text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../broker.sh')
const TOKEN = 'broker-token-of-a-test'

interface Told {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: unknown
}

interface Fake {
  readonly url: string
  readonly told: readonly Told[]
}

/** The resources of a Pact broker that the Pact CLI asks for, in the shapes of its HAL API. */
function resource(url: string, path: string, deployable: boolean): unknown {
  const environment = [{ name: 'production', href: `${url}/released/production` }]
  if (path === '/') return { _links: { 'pb:publish-contracts': { href: `${url}/contracts/publish` } } }
  if (path === '/contracts/publish') return { notices: [{ type: 'success', text: 'Published' }], _links: {} }
  if (path.startsWith('/matrix')) {
    const summary = {
      deployable,
      reason: deployable ? 'All verified' : 'No verification',
      success: 1,
      failed: 0,
      unknown: 0,
    }
    return { summary, notices: [{ type: deployable ? 'success' : 'error', text: summary.reason }], matrix: [] }
  }
  if (path.startsWith('/pacticipants/')) return { number: '1', _links: { 'pb:record-release': environment } }
  return { uuid: 'any', _links: {} }
}

async function startFake(deployable = true): Promise<Fake> {
  const told: Told[] = []
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    void (async () => {
      const body = method === 'POST' ? await json(request) : undefined
      told.push({ method, path: decodeURIComponent(path), authorization: headers.authorization, body })
      response.writeHead(200, { 'content-type': 'application/hal+json' })
      response.end(JSON.stringify(resource(url, path, deployable)))
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => void server.close())
  return { url, told }
}

async function broker(args: readonly string[], url?: string): Promise<{ code: number; output: string }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn('bash', [SCRIPT, ...args], {
    env: { PATH, HOME, PACT_DO_NOT_TRACK: 'true', ...(url && { PACT_BROKER_BASE_URL: url, PACT_BROKER_TOKEN: TOKEN }) },
  })
  const closed = once(child, 'close')
  const parts = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number]
  return { code, output: parts.join('') }
}

test('publish sends the committed pact, its version and its branch', async () => {
  const { url, told } = await startFake()
  const { code, output } = await broker(['publish', '1.2.3', 'main'], url)
  expect({ code, hasToken: output.includes(TOKEN) }).toEqual({ code: 0, hasToken: false })
  expect(told.find(({ path }) => path === '/contracts/publish')).toMatchObject({
    method: 'POST',
    authorization: `Bearer ${TOKEN}`,
    body: {
      pacticipantName: 'hood-exports-client',
      pacticipantVersionNumber: '1.2.3',
      branch: 'main',
      contracts: [{ consumerName: 'hood-exports-client', providerName: 'hood-exports-api' }],
    },
  })
})

test.each([
  [true, 0],
  [false, 1],
])('can-i-deploy asks for production; where deployable is %s it ends with %i', async (deployable, expected) => {
  const { url, told } = await startFake(deployable)
  const { code } = await broker(['can-i-deploy', '1.2.3'], url)
  expect(told.find(({ path }) => path.startsWith('/matrix'))?.path).toMatch(
    /pacticipant\]=hood-exports-client&q\[\]\[version\]=1\.2\.3.*environment=production/,
  )
  expect(code).toBe(expected)
})

test('record-release records the version in production', async () => {
  const { url, told } = await startFake()
  expect(await broker(['record-release', '1.2.3'], url)).toMatchObject({ code: 0 })
  expect(told.at(-1)).toMatchObject({ method: 'POST', path: '/released/production' })
})

test('without a broker it says so and does nothing', async () => {
  expect(await broker(['publish', '1.2.3'])).toEqual({
    code: 0,
    output: 'PACT_BROKER_BASE_URL is not set: no broker is told (publish).\n',
  })
})

test('what it does not know is refused with its usage', async () => {
  const { url } = await startFake()
  expect(await broker(['delete', '1.2.3'], url)).toMatchObject({
    code: 2,
    output: expect.stringContaining('"delete" is no command of broker.sh. Usage: broker.sh publish|') as string,
  })
})
