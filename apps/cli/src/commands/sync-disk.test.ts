import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folderForTest } from '../testing/run-cli.ts'
import { filesIn } from '../testing/sync-account.ts'

const BIN = join(import.meta.dirname, '../bin.ts')

/** Two small exports and a large one. */
async function startAccount(): Promise<string> {
  const { url, sandbox, close } = await startSandbox({ items: 0, limits: 'off' })
  onTestFinished(close)
  for (const [index, size] of [10_000, 5_000_000, 20_000].entries()) {
    await sandbox.setState(`export ${1_000_000 + index} exists`, { name: `list ${index}`, size, expire_time: null })
  }
  return url
}

interface Ended {
  readonly exitCode: number
  readonly stderr: string
}

/** The program in a shell, so that limits can be put on it. */
async function sync(folder: string, url: string, before = ''): Promise<Ended> {
  const env = { PATH: process.env['PATH'], HOME: '/nonexistent', HOOD_TOKEN: 'sandbox-ana', HOOD_BASE_URL: url }
  const script = `${before} exec "$0" "$1" sync "$2"`
  return promisify(execFile)('bash', ['-c', script, process.execPath, BIN, folder], { env }).then(
    ({ stderr }) => ({ exitCode: 0, stderr }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ exitCode: code, stderr }),
  )
}

function leftOver(folder: string): string[] {
  return readdirSync(join(folder, '.hood-exports/staging'))
}

describe('sync', () => {
  test('goes on without a file that is too large, and has it as soon as it may', async () => {
    const url = await startAccount()
    const folder = folderForTest()
    const limited = await sync(folder, url, 'ulimit -f 1000;')
    expect(limited).toEqual({
      exitCode: 7,
      stderr: expect.stringMatching(
        /^error: 1000001: .* cannot be written: the file is larger than allowed here\n2 exports saved, .*\n$/,
      ),
    })
    expect([filesIn(folder), leftOver(folder)]).toEqual([['list 0.csv', 'list 2.csv'], []])
    expect(await sync(folder, url)).toMatchObject({ exitCode: 0 })
    expect(filesIn(folder)).toEqual(['list 0.csv', 'list 1.csv', 'list 2.csv'])
  })

  const isRoot = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0

  describe.skipIf(!isRoot)('(only root can make file systems to try this on)', () => {
    /** A file system of this size, in megabytes. */
    function mounted(size: number): { readonly folder: string; remount(options: string): void } {
      const folder = folderForTest()
      const mount = (options: string): void => {
        const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', folder])
        if (status !== 0) throw new Error(String(stderr))
      }
      mount(`size=${size}m`)
      onTestFinished(() => void spawnSync('umount', [folder]))
      return { folder, remount: (options) => mount(`remount,${options}`) }
    }

    test('ends at a full disk with nothing half done, and goes on when there is room', async () => {
      const url = await startAccount()
      const { folder, remount } = mounted(2)
      const { exitCode, stderr } = await sync(folder, url)
      expect([exitCode === 1 || exitCode === 7, stderr]).toEqual([true, expect.stringContaining('the disk is full')])
      expect(leftOver(folder)).toEqual([])
      remount('size=50m')
      expect(await sync(folder, url)).toMatchObject({ exitCode: 0 })
      expect(filesIn(folder)).toEqual(['list 0.csv', 'list 1.csv', 'list 2.csv'])
      expect(readFileSync(join(folder, 'list 1.csv')).length).toBe(5_000_000)
    })

    test('says that a disk is full which has no room for the manifest either', async () => {
      const url = await startAccount()
      const { folder, remount } = mounted(1)
      spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=4k'])
      const { exitCode, stderr } = await sync(folder, url)
      expect(exitCode).toBe(1)
      expect(stderr).toMatch(/^error: The (folder|destination|manifest of) ".*" cannot be/)
      remount('size=50m')
      expect(await sync(folder, url)).toMatchObject({ exitCode: 0 })
    })

    test('refuses a read-only file system, and goes on when it can be written to', async () => {
      const url = await startAccount()
      const { folder, remount } = mounted(50)
      await sync(folder, url, 'ulimit -f 1000;')
      remount('ro')
      const { exitCode, stderr } = await sync(folder, url)
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^error: The .* cannot be/)])
      remount('rw')
      expect(await sync(folder, url)).toMatchObject({ exitCode: 0 })
      expect(filesIn(folder)).toHaveLength(3)
    })
  })
})
