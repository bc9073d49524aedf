import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { filesIn, sandboxWith } from '../testing/sync-account.ts'

const REDIS_SERVER = process.env['REDIS_SERVER'] ?? 'redis-server'
const hasRedis = spawnSync(REDIS_SERVER, ['--version']).status === 0
const why = hasRedis ? '' : ' (skipped: no redis-server here; install it or set REDIS_SERVER to its path)'
const BIN = join(import.meta.dirname, '../bin.ts')

async function startRedis(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const redis = spawn(REDIS_SERVER, ['--port', String(port), '--bind', '127.0.0.1', '--dir', tmpdir(), '--save', ''])
  onTestFinished(() => void redis.kill('SIGKILL'))
  for await (const line of redis.stdout) if (/Ready to accept/.test(String(line))) break
  return `redis://127.0.0.1:${port}`
}

describe('sync --redis', () => {
  test.each([
    ['http://user:secret@example.test', 'has the scheme http:// instead of redis:// or rediss://'],
    ['secret', 'has no scheme, redis:// or rediss://'],
    ['secret:6379', 'has no scheme, redis:// or rediss://'],
    ['redis://:secret@host:port', 'has a host or a port that cannot be read'],
    ['redis://', 'has no host'],
  ])(
    '%s is refused before anything is asked or written, and no more of it is printed than is harmless',
    async (url, fault) => {
      const folder = join(folderForTest(), 'new')
      const { exitCode, stderr, requests } = await runCli(['sync', folder], { env: { HOOD_REDIS: url } })
      expect([exitCode, requests, existsSync(folder)]).toEqual([2, [], false])
      expect(stderr).toContain(`error: The URL of Redis ${fault}: give it like redis://127.0.0.1:6379, with --redis or`)
      expect(stderr).not.toContain('secret')
    },
  )

  test.each([
    ['--redis-account', 'x'],
    ['--machines', '3'],
  ])('%s without Redis is refused', async (flag, value) => {
    const folder = join(folderForTest(), 'new')
    const { exitCode, stderr, requests } = await runCli(['sync', folder, flag, value])
    expect([exitCode, requests, existsSync(folder)]).toEqual([2, [], false])
    expect(stderr).toContain(`${flag} is for a shared quota: give --redis or HOOD_REDIS as well, or leave it out`)
  })

  test.each(['0', '151', '1000000'])('%s machines are refused: each needs a part of a minute', async (machines) => {
    const folder = join(folderForTest(), 'new')
    const { exitCode, stderr } = await runCli(['sync', folder, '--redis', 'redis://127.0.0.1', '--machines', machines])
    expect([exitCode, existsSync(folder)]).toEqual([2, false])
    expect(stderr).toContain(`'${machines}' is invalid. Give a whole number from 1 to 150.`)
  })

  test('goes on in a part of the quota while Redis cannot be reached, and prints no password', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const env = { HOOD_REDIS: 'redis://:secret@127.0.0.1:1' }
    const { exitCode, stderr } = await runCli(['sync', folder, '--machines', '20'], { sandbox, env })
    expect([exitCode, filesIn(folder)]).toEqual([0, ['list 0.csv', 'list 1.csv']])
    expect(stderr).toMatch(/^warning: Redis at 127\.0\.0\.1:1 cannot be reached .*: going on with 1\/20 of the quota/)
    expect(stderr).not.toContain('secret')
  })

  test.skipIf(!hasRedis)(`two machines share the quota of an account, and are never refused${why}`, async () => {
    const [redis, { url, sandbox, close }] = [await startRedis(), await startSandbox({ port: 0, items: 0 })]
    onTestFinished(close)
    for (let id = 1_000_000; id < 1_000_012; id += 1) await sandbox.setState(`export ${id} exists`, { size: 100 })
    const env = { PATH: process.env['PATH'], HOOD_TOKEN: sandbox.tokens.main, HOOD_BASE_URL: url, HOOD_REDIS: redis }
    const sync = async (folder: string): Promise<string> => {
      const { stderr } = await promisify(execFile)(process.execPath, [BIN, 'sync', folder, '--verbose'], { env })
      return stderr
    }
    const folders = [folderForTest(), folderForTest()]
    const traces = await Promise.all(folders.map(sync))
    expect(traces.join('')).not.toMatch(/ 429 /)
    expect(folders.map((folder) => filesIn(folder).length)).toEqual([12, 12])
  })
})
