import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { document } from '@hood-exports/openapi/document'
import manifest from '../package.json' with { type: 'json' }
import { curlCall } from './testing/curl-line.ts'
import { CREATE, LIST, RETRY, mockBench } from './testing/mock-bench.ts'

const SPEC = document as { readonly components: { readonly examples: { readonly CampaignReport: { value: unknown } } } }
const FOLDER = new URL('..', import.meta.url)
const PRISM = 'node_modules/@stoplight/prism-cli/dist/index.js'

interface Run {
  /** The next one of standard output; undefined at its end. */
  nextLine(): Promise<string | undefined>
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; stderr: string }>
}

function run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, argv, {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'close') as Promise<[number | null]>
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return {
    nextLine: async () => {
      const { done, value } = await lines.next()
      return done === true ? undefined : value
    },
    end: async (signal) => {
      if (signal !== undefined) child.kill(signal)
      const [code] = await ended
      return { code, stderr }
    },
  }
}

const mock = (...flags: string[]): Run => run(['src/bin.ts', ...flags])

async function readyOf({ nextLine }: Run): Promise<{ url: string; port: number }> {
  return JSON.parse((await nextLine()) ?? '') as { url: string; port: number }
}

async function totalOf(url: string): Promise<unknown> {
  const response = await fetch(`${url}${LIST}`, { headers: { authorization: 'Bearer any' } })
  return ((await response.json()) as { total: unknown }).total
}

describe('the command', () => {
  test('prints where it is in one line of JSON, and ends on SIGTERM', async () => {
    const running = mock('--port', '0', '--json')
    const ready = await readyOf(running)
    expect(ready).toEqual({
      ready: true,
      url: `http://127.0.0.1:${ready.port}`,
      port: ready.port,
      pid: expect.any(Number),
    })
    expect(await totalOf(ready.url)).toBe(5)
    expect(await running.end('SIGTERM')).toEqual({ code: 143, stderr: '' })
  })

  test('follows a file of scenarios, and logs each request in a line, without its token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mock-bin-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'scenarios.json')
    writeFileSync(file, '[{"faults": "status=500", "times": 1}]')
    const running = mock('--port', '0', '--log', 'on', '--scenarios', file)
    const url = /http:.*$/.exec((await running.nextLine()) ?? '')?.[0]
    let line = await running.nextLine()
    while (line?.startsWith('For people') === false) line = await running.nextLine()
    const headers = { authorization: 'Bearer my-secret-token' }
    expect((await fetch(`${url}${LIST}?q=my-secret-token`, { headers })).status).toBe(500)
    expect(await running.nextLine()).toMatch(/^GET \/v1\/hood\/exports\?\*\*\* 500 \d+ ms; fault: status=500$/)
    writeFileSync(file, '[{"faults": "explode"}]')
    expect(await mock('--port', '0', '--scenarios', file).end()).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: --scenarios: "explode" is not a fault: give status=500/) as string,
    })
    await running.end('SIGTERM')
  })

  test('prints its version', async () => {
    expect(await mock('--version').nextLine()).toBe(manifest.version)
  })

  test('prints how to call it, and ends on SIGINT, also while a connection is open', async () => {
    const running = mock('--port', '0')
    const first = await running.nextLine()
    expect(first).toMatch(/^Hood exports mock is ready at http:\/\/127\.0\.0\.1:\d+$/)
    await running.nextLine()
    const calls = [await running.nextLine(), await running.nextLine(), await running.nextLine()].map((line) =>
      curlCall(line ?? ''),
    )
    const url = /http:.*$/.exec(first ?? '')?.[0]
    const statuses = calls.map(async ({ path, ...call }) => (await fetch(`${url}${path}`, call)).status)
    expect(calls.map(({ path }) => path)).toEqual([LIST, expect.stringMatching(/\?status=ready&/), CREATE])
    expect(await Promise.all(statuses)).toEqual([200, 200, 202])
    const open = connect(Number(/\d+$/.exec(first ?? '')?.[0]), '127.0.0.1')
    open.on('error', () => {})
    await once(open, 'connect')
    expect(await running.end('SIGINT')).toEqual({ code: 130, stderr: '' })
  })

  test('has examples in its help that a mock answers', async () => {
    const running = mock('--help')
    const lines: string[] = []
    for (let line = await running.nextLine(); line !== undefined; line = await running.nextLine()) lines.push(line)
    const calls = lines.filter((line) => line.startsWith('  $ curl ')).map(curlCall)
    const { ask } = await mockBench()
    const statuses = calls.map(async ({ path, ...call }) => (await ask(path, call)).status)
    expect(await Promise.all(statuses)).toEqual([404, 200, 202])
  })

  test('answers from a document of one’s own, with limits and faults', async () => {
    const spec = ['--spec', '../../openapi/hood-exports.yaml']
    const running = mock('--port', '0', '--json', ...spec, '--limits', '1/60s', '--faults', 'status=500')
    const { url } = await readyOf(running)
    const ask = () => fetch(`${url}${LIST}`, { headers: { authorization: 'Bearer any' } })
    expect([(await ask()).status, (await ask()).status]).toEqual([500, 429])
  })

  test('prints what the proxy finds, and no token', async () => {
    const behind = mock('--port', '0', '--json')
    const running = mock('--port', '0', '--json', '--proxy', (await readyOf(behind)).url)
    const { url } = await readyOf(running)
    await fetch(`${url}${LIST}?page=0&token=s3cret`, { headers: { authorization: 'Bearer s3cret' } })
    const line = (await running.nextLine()) ?? ''
    expect(JSON.parse(line)).toEqual({
      deviation: {
        request: `GET ${LIST}?page=0&***`,
        status: 400,
        side: 'request',
        message: 'Request query parameter page.0 must be >= 1',
      },
    })
    const { stderr } = await running.end('SIGTERM')
    expect(line + stderr).not.toContain('s3cret')
  })

  test('keeps what V8 has compiled for the next start', async () => {
    const cache = mkdtempSync(join(tmpdir(), 'mock-cache-'))
    onTestFinished(() => rmSync(cache, { recursive: true }))
    const running = run(['src/bin.ts', '--port', '0', '--json'], { NODE_COMPILE_CACHE: cache })
    await readyOf(running)
    await running.end('SIGTERM')
    expect(readdirSync(cache, { recursive: true }).length).toBeGreaterThan(100)
  })

  test('says that the port is taken, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    expect(await mock('--port', String(port)).end()).toEqual({
      code: 1,
      stderr: `error: Port ${port} on 127.0.0.1 is taken: give another one, or 0 for any free one\n`,
    })
  })

  test.each([
    [['--port', '70000'], 'Give a whole number from 0 to 65535.'],
    [['--seed', 'x'], 'Give a whole number from 0 to 2147483648.'],
    [['--limits', '10/1h'], 'error: --limits: "10/1h" is not understood; give on, off, or windows'],
    [['--faults', 'explode'], 'error: --faults: "explode" is not a fault: give status=500'],
    [['--control', 'maybe'], 'Allowed choices are on, off.'],
    [['--spec', 'nowhere.yaml'], 'error: nowhere.yaml: there is no such file'],
    [['--proxy', 'nonsense'], 'error: --proxy: give an origin such as http://127.0.0.1:4020'],
    [['--nope'], "unknown option '--nope'"],
    [['extra'], 'too many arguments'],
  ])('%j is refused with the way out, and ends with 2', async (flags, message) => {
    const { code, stderr } = await mock('--port', '0', ...flags).end()
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(stderr).not.toContain('    at ')
  })

  test('ends quietly when its help is not read', async () => {
    const script = `"$0" src/bin.ts --help | true; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath], { cwd: FOLDER })
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })
})

describe('plain Prism, as `pnpm mock:plain` runs it', () => {
  test('answers from the same document: a list, a filtered one, a download, a retry, and what makes an export', async () => {
    const running = run([PRISM, 'mock', '../../openapi/hood-exports.yaml', '--port', '0'])
    let url: string | undefined
    while (url === undefined) {
      const line = await running.nextLine()
      if (line === undefined) throw new Error((await running.end()).stderr)
      url = /listening on (http:\/\/[\d.]+:\d+)/.exec(line)?.[1]
    }
    // As curl and browsers ask: for anything.
    const headers = { authorization: 'Bearer any', accept: '*/*', 'content-type': 'application/json' }
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${url}${path}`, { headers, ...init })
    expect(await totalOf(url)).toBe(5)

    const filtered = await ask(`${LIST}?status=in:ready,failed&create_time=gte:2026-01-01`)
    expect([filtered.status, await filtered.json()]).toMatchObject([200, { total: 5 }])
    expect((await ask(`${LIST}?status=gt:a`)).status).toBe(400)

    const download = await ask(`${LIST}/1000000/download`)
    expect([download.status, await download.text()]).toEqual([200, 'id,name\r\n1,Ana\r\n2,Bogdan\r\n'])

    const retry = await ask(RETRY, { method: 'POST' })
    expect([retry.status, await retry.json()]).toMatchObject([202, { status: 'running' }])

    const { CampaignReport } = SPEC.components.examples
    const made = await ask(CREATE, {
      method: 'POST',
      body: JSON.stringify(CampaignReport.value),
    })
    expect([made.status, await made.json()]).toMatchObject([202, { name: 'quick-report-export' }])
    await running.end('SIGTERM')
  })
})
