import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { LIST, REPORT } from './testing/bench.ts'

const BIN = fileURLToPath(new URL('bin.ts', import.meta.url))

interface Run {
  /** Standard output's; undefined at its end. */
  nextLine(): Promise<string | undefined>
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; stderr: string }>
}

function run(...flags: string[]): Run {
  const child = spawn(process.execPath, [BIN, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
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

/** A new folder with accounts in it. */
function folderOf(accounts: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-bin-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'accounts.json'), accounts)
  return folder
}

describe('the command', () => {
  test('prints where it is in one line of JSON, and ends on SIGTERM', async () => {
    const sandbox = run('--port', '0', '--json', '--items', '7')
    const ready = JSON.parse((await sandbox.nextLine()) ?? '') as {
      url: string
      port: number
      tokens: { main: string }
    }
    expect(ready).toEqual({
      ready: true,
      pid: expect.any(Number),
      url: `http://127.0.0.1:${ready.port}`,
      port: expect.any(Number),
      tokens: {
        main: 'sandbox-ana',
        sameAccount: 'sandbox-ana-laptop',
        otherAccount: 'sandbox-boris',
        thirdAccount: 'sandbox-chiara',
        emptyAccount: 'sandbox-dunja',
      },
    })
    const response = await fetch(`${ready.url}${LIST}`, { headers: { authorization: `Bearer ${ready.tokens.main}` } })
    expect(await response.json()).toMatchObject({ total: 7 })
    expect(await sandbox.end('SIGTERM')).toEqual({ code: 143, stderr: '' })
  })

  test('makes exports in the seconds that are given, and sends numbers as text when an option says so', async () => {
    const sandbox = run('--port', '0', '--json', '--items', '0', '--making-seconds', '0', '--numbers', 'text')
    const { url } = JSON.parse((await sandbox.nextLine()) ?? '') as { url: string }
    const headers = { authorization: 'Bearer sandbox-ana', 'content-type': 'application/json' }
    await fetch(`${url}${REPORT}`, { method: 'POST', headers, body: '{}' })
    const response = await fetch(`${url}${LIST}?fields=status,attempt_count`, { headers })
    expect(await response.json()).toEqual({ total: '1', items: [{ status: 'ready', attempt_count: '1' }] })
    await sandbox.end('SIGTERM')
  })

  test('behaves as the account of a profile, but for options that are given', async () => {
    const answers = {
      'page.default-size': { confidence: 'observed', value: 2, evidence: [] },
      'page.past-end': { confidence: 'not-seen', why: 'one page', evidence: [] },
      'numbers.form': { confidence: 'observed', value: { total: 'text' }, evidence: [] },
    }
    const profile = JSON.stringify({ $schema: 'urn:hood-exports:vendor-profile:1', answers })
    const like = join(folderOf(profile), 'accounts.json')
    const sandbox = run('--port', '0', '--json', '--like', like, '--numbers', 'number')
    const { url } = JSON.parse((await sandbox.nextLine()) ?? '') as { url: string }
    const response = await fetch(`${url}${LIST}?fields=id`, { headers: { authorization: 'Bearer sandbox-ana' } })
    expect(await response.json()).toEqual({ total: 1_000, items: [{ id: '1000999' }, { id: '1000998' }] })
    await sandbox.end('SIGTERM')
  })

  test('has the accounts of a file, and logs each request without its token', async () => {
    const file = join(folderOf('[{"name": "mine", "tokens": ["my-token"], "items": 2}]'), 'accounts.json')
    const sandbox = run('--port', '0', '--json', '--log', 'on', '--accounts', file)
    const { url } = JSON.parse((await sandbox.nextLine()) ?? '') as { url: string }
    const response = await fetch(`${url}${LIST}?sort=name`, { headers: { authorization: 'Bearer my-token' } })
    expect(await response.json()).toMatchObject({ total: 2 })
    expect(JSON.parse((await sandbox.nextLine()) ?? '')).toMatchObject({
      request: { method: 'GET', path: LIST, query: { sort: ['name'] }, status: 200 },
    })
    await sandbox.end('SIGTERM')
  })

  test.each([
    ['{', 'is not JSON: write an array such as [{"name": "mine", "tokens": ["my-token"], "items": 25}]'],
    ['{}', 'holds no array: write one such as'],
    ['[3]', 'holds 3 at 0: write an object'],
    ['[{"name": "a"}]', 'is wrong at 0: an account needs a name and tokens'],
    ['[{"name": "a", "token": "b"}]', 'is wrong at 0: "token" is not a member of an account: it has name, tokens'],
    ['[{"name": "a", "tokens": "b"}]', 'is wrong at 0: "tokens" must be an array of texts'],
    ['[{"name": "main", "tokens": ["b"]}]', '--accounts: "main" is there already'],
  ])('refuses a file of accounts with %s in it, and ends with 2', async (text, message) => {
    const { code, stderr } = await run('--port', '0', '--accounts', join(folderOf(text), 'accounts.json')).end()
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  test('prints its version', async () => {
    expect(await run('--version').nextLine()).toBe(manifest.version)
  })

  test('prints how to call it, and ends on SIGINT', async () => {
    const sandbox = run('--port', '0')
    const [first] = [await sandbox.nextLine(), await sandbox.nextLine()]
    expect(first).toMatch(/^Hood exports sandbox is ready at http:\/\/127\.0\.0\.1:\d+$/)
    expect(await sandbox.nextLine()).toMatch(/^ {2}curl -H "Authorization: Bearer sandbox-ana" "http:/)
    expect(await sandbox.end('SIGINT')).toEqual({ code: 130, stderr: '' })
  })

  test('ends on SIGTERM while it makes its data', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-bin-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const sandbox = run('--port', '0', '--items', '100000000', '--database', join(folder, 'file.db'))
    while (!existsSync(join(folder, 'file.db-wal'))) await setImmediate()
    expect(await sandbox.end('SIGTERM')).toEqual({ code: null, stderr: '' })
  })

  test('says that the port is taken, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    expect(await run('--port', String(port)).end()).toEqual({
      code: 1,
      stderr: `error: Port ${port} on 127.0.0.1 is taken: give another one, or 0 for any free one\n`,
    })
  })

  test.each([
    [['--port', '70000'], 'Give a whole number from 0 to 65535.'],
    [['--items', 'many'], 'Give a whole number from 0 to 100000000.'],
    [['--limits', '10/1h'], 'error: --limits: "10/1h" is not understood; give on, off, or windows'],
    [['--making-seconds', '1.5'], 'Give a whole number from 0 to 3162240000.'],
    [['--like', 'no-such-file.json'], '--like: "no-such-file.json" cannot be read (ENOENT): give a file that exists'],
    [['--like', 'package.json'], '--like: "package.json": $schema: undefined; give a profile with "urn:hood-exports:'],
    [['--numbers', 'roman'], 'Allowed choices are number, text.'],
    [['--faults', 'maybe'], 'error: --faults: "maybe" is not a fault: give status=500'],
    [['--host', ''], 'error: --host: "" is no address: give 127.0.0.1 for this machine only, or 0.0.0.0'],
    [['--accounts', '/no/such.json'], 'error: --accounts: "/no/such.json" cannot be read (ENOENT): give a file that'],
    [['--nope'], "unknown option '--nope'"],
    [['extra'], 'too many arguments'],
  ])('%j is refused with the way out, and ends with 2', async (flags, message) => {
    const { code, stderr } = await run('--port', '0', ...flags).end()
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(stderr).not.toContain('    at ')
  })

  test('says which database file cannot be opened, and ends with 1', async () => {
    expect(await run('--port', '0', '--database', '/no/such/folder/x.db').end()).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^error: The database file "\/no\/such\/folder\/x\.db" cannot be opened: give/),
    })
  })

  test('ends quietly when the help is not read', async () => {
    const script = `"$0" "$1" --help | true; echo "\${PIPESTATUS[0]}"`
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script, process.execPath, BIN])
    expect([stdout, stderr]).toEqual(['0\n', ''])
  })
})
