import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { DEMO_TOKENS, startSandbox } from '@hood-exports/sandbox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, onTestFinished, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import schema from '../report.schema.json' with { type: 'json' }

interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Environment {
  readonly [variable: string]: string
}

async function run(args: readonly string[], environment: Environment = {}, input = ''): Promise<Run> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bin.ts'), ...args], {
    env: { PATH, ...environment },
  })
  child.stdin.end(input)
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await closed) as [number | null]
  return { code, stdout, stderr }
}

async function startProvider(): Promise<string> {
  const sandbox = await startSandbox({ port: 0, items: 60, limits: 'off' })
  onTestFinished(() => sandbox.close())
  return sandbox.url
}

const TOKENS = {
  HOOD_TOKEN: DEMO_TOKENS.main,
  HOOD_TOKEN_SAME_ACCOUNT: DEMO_TOKENS.sameAccount,
  HOOD_TOKEN_OTHER_ACCOUNT: DEMO_TOKENS.otherAccount,
  HOOD_TOKEN_THIRD_ACCOUNT: DEMO_TOKENS.thirdAccount,
}

test('a correct provider is green, and no token is printed', async () => {
  const url = await startProvider()
  const { code, stdout, stderr } = await run(['verify', '--base-url', url, '--limits', 'off'], TOKENS)
  expect(stdout).toMatch(
    /\n\d+ laws passed, \d+ skipped\. \d+ requests in [\d.]+ s\.\nSeed \d+: --seed \d+ sends the same requests again\.\n$/,
  )
  expect(`${stdout}${stderr}`).not.toMatch(/sandbox-(?:ana|boris|chiara)/)
  expect(code).toBe(0)
})

test('the same seed sends the same requests, as long as the data is the same: two reports differ in address and duration', async () => {
  const args = ['verify', '--limits', 'off', '--seed', '7', '--json', '-']
  // One provider each: downloads raise the counts that the other run would see.
  const urls = await Promise.all([1, 2].map(() => startProvider()))
  const runs = await Promise.all(urls.map((url) => run(args, { ...TOKENS, HOOD_BASE_URL: url })))
  const isValid = new Ajv2020().compile(schema)
  expect(runs.map(({ stdout }) => isValid(JSON.parse(stdout)))).toEqual([true, true])
  const [one, other] = runs.map(({ stdout }) => ({ ...JSON.parse(stdout), baseUrl: '', durationMs: 0 }) as unknown)
  expect(one).toEqual(other)
})

test('with writes allowed it makes exports, says what their names begin with, and finds them again', async () => {
  const url = await startProvider()
  const args = ['verify', '--base-url', url, '--limits', 'off', '--writes', 'allowed', '--only', 'create,retry']
  const { code, stdout } = await run(args, TOKENS)
  const [, marker = ''] = /^The names of what it made begin with (\w+)\.$/m.exec(stdout) ?? []
  const { main } = DEMO_TOKENS
  const listed = await fetch(`${url}/v1/hood/exports?q=${marker}`, { headers: { authorization: `Bearer ${main}` } })
  expect({ code, made: ((await listed.json()) as { total: number }).total }).toEqual({ code: 0, made: 2 })
  expect(stdout).toMatch(/^✓ create +7 passed\n✓ retry +3 passed$/m)
})

test('without writes nothing is made, and the report says so', async () => {
  const url = await startProvider()
  const args = ['verify', '--base-url', url, '--limits', 'off', '--only', 'create,retry,fields']
  const { code, stdout } = await run(args, TOKENS)
  expect(stdout).toContain('Skipped, as nothing may be written: --writes allowed: spec-operation, create-is-')
  expect({ code, isWritten: stdout.includes('hoodcontract') }).toEqual({ code: 0, isWritten: false })
})

test('the token may come on standard input', async () => {
  const url = await startProvider()
  const args = ['verify', '--base-url', url, '--limits', 'off', '--only', 'validation', '--token-stdin']
  expect(await run(args, {}, `${DEMO_TOKENS.main}\n`)).toMatchObject({ code: 0 })
})

test('a token that is refused gives the exit code 3', async () => {
  const url = await startProvider()
  expect(await run(['verify', '--base-url', url], { HOOD_TOKEN: 'unknown' })).toEqual({
    code: 3,
    stdout: `${url} refuses the token in HOOD_TOKEN with 401. Give one that is valid there.\n`,
    stderr: '',
  })
})

test('a provider that is not there gives the exit code 6', async () => {
  const sandbox = await startSandbox({ port: 0, items: 0 })
  await sandbox.close()
  const { code, stdout } = await run(['verify', '--base-url', sandbox.url], { HOOD_TOKEN: 'any' })
  expect(stdout).toMatch(/^Nothing answers at .*ECONNREFUSED.*\. Start the provider, or give another --base-url\.\n$/)
  expect(code).toBe(6)
})

test.each<[string, number, string, string]>([
  ['a web site', 200, 'text/html', '<h1>Welcome</h1>'],
  ['another API', 404, 'application/json', '{"error":"no route"}'],
  ['this API under another path', 404, 'application/json', '{"code":404,"title":"Not found."}'],
  ['a gateway without anything behind it', 502, 'text/html', '<h1>Bad gateway</h1>'],
])('%s at the base URL gives the exit code 6, and no law is blamed', async (_title, status, type, body) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, stdout, stderr } = await run(['verify', '--base-url', url], { HOOD_TOKEN: 'any' })
  expect({ code, stderr }).toEqual({ code: 6, stderr: '' })
  const came = `${status} and ${type}: ${body}`
  expect(stdout).toContain(`No exports API answers at ${url}: GET ${url}/v1/hood/exports gave ${came}. `)
  expect(stdout).toContain('Check host and port, and the path: the base URL is what stands before /v1/hood/exports.')
})

test('a body that repeats the token is shown without it', async () => {
  const server = createServer(({ headers }, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`no route for ${headers.authorization ?? ''}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { stdout } = await run(['verify', '--base-url', url, '--json', '-'], { HOOD_TOKEN: 's3cret-token' })
  expect(stdout).toContain('no route for Bearer [token]')
  expect(stdout).not.toContain('s3cret')
})

test('a provider that takes a connection and says nothing needs a longer --timeout', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, stdout } = await run(['verify', '--base-url', url, '--timeout', '1'], { HOOD_TOKEN: 'any' })
  expect(stdout).toContain('the connection was accepted, but no answer came in 1 s. Raise --timeout, ')
  expect(code).toBe(6)
})

test('a list that no reader takes is a broken law, and not the lack of an API', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('\uFEFF{"total":0,"items":[]}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, stdout } = await run(['verify', '--base-url', url, '--limits', 'off'], { HOOD_TOKEN: 'any' })
  expect(code).toBe(1)
  expect(stdout).toContain('begins a byte order mark')
})

test.each(['HOOD_TOKEN_SAME_ACCOUNT', 'HOOD_TOKEN_OTHER_ACCOUNT', 'HOOD_TOKEN_THIRD_ACCOUNT'])(
  'a token in %s that is refused gives the exit code 3 too, and no law is blamed',
  async (variable) => {
    const url = await startProvider()
    const tokens = { ...TOKENS, [variable]: 'unknown' }
    expect(await run(['verify', '--base-url', url, '--limits', 'off'], tokens)).toEqual({
      code: 3,
      stdout: `${url} refuses the token in ${variable} with 401. Give one that is valid there, or leave it unset.\n`,
      stderr: '',
    })
  },
)

test('a report that cannot be written is an error before anything is sent', async () => {
  const args = ['verify', '--base-url', 'http://127.0.0.1:1', '--junit', import.meta.dirname]
  expect(await run(args, { HOOD_TOKEN: 'any' })).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: --junit "${import.meta.dirname}" cannot be written (it is a folder): give another file\n`,
  })
})

test('Ctrl-C gives the exit code 130', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bin.ts'), 'verify', '--base-url', url], {
    env: { HOOD_TOKEN: 'any' },
  })
  await once(server, 'request')
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
})

test('a reader that stops early is no error', async () => {
  const script = `"$0" "$1" laws | true; echo "\${PIPESTATUS[0]}"`
  const bin = join(import.meta.dirname, 'bin.ts')
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, bin])
  expect([stdout, stderr]).toEqual(['0\n', ''])
})

const hasFull = existsSync('/dev/full')
const why = hasFull ? '' : ' (skipped: no /dev/full here)'

test.skipIf(!hasFull)(`an output that cannot be written is an error without a stack trace${why}`, async () => {
  const script = `"$0" "$1" laws > /dev/full`
  const run = promisify(execFile)('bash', ['-c', script, process.execPath, join(import.meta.dirname, 'bin.ts')])
  await expect(run).rejects.toMatchObject({
    code: 2,
    stderr: 'error: the output cannot be written (ENOSPC: no space left on device, write)\n',
  })
})

test('"--version" is that of the package', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' })
})

test.each([
  [['verify', '--token=s3cret'], 'error: A token on the command line can be read by every program on this machine'],
  [['verify'], 'error: no provider to look at: give --base-url'],
  [['verify', '--base-url', 'http://127.0.0.1:4020', '--budget', '10'], 'Give a whole number from 40 to 1000000.'],
  [['verify', '--base-url', 'http://127.0.0.1:4020', '--quick-report', 'x'], 'Give the id of a quick report: digits.'],
  [['verify', '--base-url', 'http://127.0.0.1:4020', '--writes', 'yes'], 'Allowed choices are no, allowed.'],
  [['verify', '--bas-url', 'x'], "error: unknown option '--bas-url'\n(Did you mean --base-url?)"],
])('%o gives the exit code 2 and says why', async (args, message) => {
  const { code, stderr } = await run(args)
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('s3cret')
  expect(code).toBe(2)
})

test('"laws" lists every law with its family and its promise', async () => {
  const { stdout } = await run(['laws'])
  expect(stdout).toMatch(/^sort +sort-order +sort orders the whole list by each key in turn/m)
})
