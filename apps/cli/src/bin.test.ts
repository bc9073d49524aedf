import { execFile, spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { readdirSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import type { StartedSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { folderForTest } from './testing/run-cli.ts'

const BIN = `${import.meta.dirname}/bin.ts`

async function sandbox(items = 1_000): Promise<StartedSandbox> {
  const started = await startSandbox({ items, limits: 'off' })
  onTestFinished(started.close)
  return started
}

function environment(url: string, token = 'sandbox-ana'): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: '/nonexistent', HOOD_TOKEN: token, HOOD_BASE_URL: url }
}

interface Child {
  readonly process: ChildProcessWithoutNullStreams
  ended(): Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>
}

function start(argv: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(process.execPath, [BIN, ...argv], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return {
    process: child,
    async ended() {
      const [code, signal] = await closed
      return { code, signal, stdout, stderr }
    },
  }
}

describe('the process', () => {
  test('ends with the exit code of the command, data on stdout and errors on stderr', async () => {
    const { url } = await sandbox()
    const get = (id: string, token?: string) => start(['get', id, '--fields', 'id'], environment(url, token)).ended()
    expect(await get('1000000')).toMatchObject({ code: 0, stdout: 'id  1000000\n', stderr: '' })
    expect(await get('42')).toMatchObject({ code: 4, stdout: '', stderr: expect.stringMatching(/^error: /) })
    expect(await get('1000000', 'wrong')).toMatchObject({ code: 3, stdout: '' })
    expect(await get('x')).toMatchObject({ code: 2, stdout: '' })
    expect(await start(['--version'], {}).ended()).toMatchObject({ code: 0, stdout: `${manifest.version}\n` })
  })

  test('takes the token from a pipe', async () => {
    const { url } = await sandbox()
    const child = start(['list', '--token-stdin', '--limit', '1', '--fields', 'id'], environment(url, ''))
    child.process.stdin.end('sandbox-ana\n')
    expect(await child.ended()).toMatchObject({ code: 0, stdout: 'id\n1000999\n', stderr: '' })
  })

  test('ends quietly when its output is closed', async () => {
    const { url } = await sandbox(20_000)
    const script = `set -o pipefail; "$0" "$1" list --all --output ndjson --page-size 1000 | head -n 1 | wc -l; echo "\${PIPESTATUS[@]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, BIN], {
      env: environment(url),
    })
    expect([stdout, stderr]).toEqual(['1\n0 0 0\n', ''])
  })

  test('ends quietly when the output of the help is closed', async () => {
    const script = `"$0" "$1" list --help | true; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, BIN])
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })
})

describe('a proxy of the environment', () => {
  test('takes the requests to hosts that NO_PROXY does not name', async () => {
    const { port } = await sandbox()
    const asked: string[] = []
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url)
      const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
      upstream.pipe(socket).pipe(upstream)
    })
    proxy.listen(0, '127.0.0.1')
    onTestFinished(() => void proxy.close())
    await once(proxy, 'listening')
    const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const env = { ...environment('http://exports.test'), HTTP_PROXY, NO_PROXY: '127.0.0.1' }
    expect(await start(['get', '1000000', '--fields', 'id'], env).ended()).toMatchObject({ code: 0, stderr: '' })
    const direct = { ...env, HOOD_BASE_URL: `http://127.0.0.1:${port}` }
    expect(await start(['get', '1000000', '--fields', 'id'], direct).ended()).toMatchObject({ code: 0 })
    expect(asked).toEqual(['exports.test:80'])
  })

  test('that is no URL is named', async () => {
    const env = { ...environment('http://exports.test'), HTTP_PROXY: 'squid:nonsense' }
    const { code, stderr } = await start(['get', '1000000'], env).ended()
    expect([code, stderr]).toEqual([2, expect.stringContaining('error: The proxies of the environment cannot be used')])
  })
})

describe('a signal', () => {
  /** A download of 2 GB that has begun, into a folder. */
  async function downloading(...flags: readonly string[]): Promise<{ child: Child; folder: string }> {
    const { url, sandbox: api } = await sandbox()
    await api.setState('export 7 exists', { size: 2_000_000_000, name: 'big' })
    const folder = folderForTest()
    const child = start(['download', '7', '-d', folder, ...flags], environment(url))
    while (readdirSync(folder).length === 0) await setImmediate()
    return { child, folder }
  }

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends a download with %i and leaves no half file', async (name, code) => {
    const { child, folder } = await downloading()
    child.process.kill(name)
    expect(await child.ended()).toEqual({ code, signal: null, stdout: '', stderr: '' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('ends what waits for standard input', async () => {
    const child = start(['download', '-', '-v'], environment('http://127.0.0.1:1'))
    // Handlers are there when the program has begun to read: it takes what is written to it.
    await new Promise<void>((resolve) => void child.process.stdin.write('\n'.repeat(200_000), () => resolve()))
    child.process.kill('SIGINT')
    expect(await child.ended()).toMatchObject({ code: 130, stdout: '', stderr: '' })
  })

  test('ends what waits between two looks', async () => {
    const { url, sandbox: api } = await sandbox()
    await api.setState('export 7 is being prepared', { seconds: 3_000 })
    const child = start(['wait', '7', '--verbose'], environment(url))
    await once(child.process.stderr, 'data')
    child.process.kill('SIGINT')
    expect(await child.ended()).toMatchObject({ code: 130, stdout: '' })
  })
})

describe('start-up', () => {
  /** Files of packages that are loaded for a command line. */
  async function loaded(argv: readonly string[]): Promise<string[]> {
    const hook = `import { registerHooks } from 'node:module'
      registerHooks({ load(url, context, next) { process.stderr.write('LOADED ' + url + '\\n'); return next(url, context) } })`
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, BIN, ...argv],
      { env: {} },
    )
    return stderr.split('\n').filter((line) => line.startsWith('LOADED file:'))
  }

  test.each([[['--help']], [['--version']], [['list', '--help']]])(
    '%j loads no command and no client',
    async (argv) => {
      const files = await loaded(argv)
      expect(files.some((file) => file.endsWith('/src/program.ts'))).toBe(true)
      expect(files.filter((file) => /\/commands\/|packages\/client|csv-stringify|string-width/.test(file))).toEqual([])
    },
  )
})
