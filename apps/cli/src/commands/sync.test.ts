import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, fileOf, filesIn, linesOf, sandboxWith } from '../testing/sync-account.ts'

describe('sync', () => {
  test('saves every ready export once, and prints its name', async () => {
    const sandbox = await sandboxWith([{}, {}, { status: 'running' }])
    const folder = folderForTest()
    const { exitCode, stdout } = await runCli(['sync', folder], { sandbox })
    expect([exitCode, linesOf(stdout)]).toEqual([0, [join(folder, 'list 0.csv'), join(folder, 'list 1.csv')]])
    expect(readFileSync(join(folder, 'list 1.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000001'))
  })

  test('the next run asks for what is new, and for what was not ready', async () => {
    const sandbox = await sandboxWith([{}, { status: 'running' }, {}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    await addExport(sandbox, 1)
    await addExport(sandbox, 3)
    const { stdout, requests } = await runCli(['sync', folder], { sandbox })
    expect(linesOf(stdout)).toEqual([join(folder, 'list 1.csv'), join(folder, 'list 3.csv')])
    expect(requests.map((path) => path.replace(/\?.*/, '')).toSorted()).toEqual([
      '/v1/hood/exports',
      '/v1/hood/exports/1000001/download',
      '/v1/hood/exports/1000003/download',
    ])
  })

  test('says how many exports and bytes it has saved, and leaves its manifest and its lock beside them', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const folder = folderForTest()
    const { stdout } = await runCli(['sync', folder, '--json'], { sandbox })
    expect(stdout).toContain('{"type":"done","saved":3,"bytes":3003,"left":0,"failed":0,"deleted":0}')
    expect(readdirSync(join(folder, '.hood-exports')).toSorted()).toEqual(['lock', 'manifest.sqlite', 'staging'])
  })

  test('an export that claims to come from the future hides none that come after it', async () => {
    const sandbox = await sandboxWith([{ create_time: '2099-01-01 00:00:00' }])
    const folder = folderForTest()
    const clock = hurriedClock({ wall: Date.UTC(2026, 0, 1) })
    await runCli(['sync', folder], { sandbox, clock })
    for (let index = 1; index <= 120; index += 1) await addExport(sandbox, index)
    await runCli(['sync', folder], { sandbox, clock })
    expect(filesIn(folder)).toHaveLength(121)
  })

  test('exports of the same name get names of their own, by their ids', async () => {
    const sandbox = await sandboxWith([{ name: 'List' }, { name: 'list' }])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    expect(filesIn(folder)).toEqual(['List (1000000).csv', 'list.csv'])
  })

  test('never touches a file that it did not write', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    writeFileSync(join(folder, 'list 0.csv'), 'mine')
    await runCli(['sync', folder], { sandbox })
    expect(readFileSync(join(folder, 'list 0.csv'), 'utf8')).toBe('mine')
    expect(filesIn(folder)).toEqual(['list 0 (1000000).csv', 'list 0.csv'])
  })

  test('fetches again what was removed, and keeps aside what was changed', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    rmSync(join(folder, 'list 0.csv'))
    writeFileSync(join(folder, 'list 1.csv'), 'edited')
    const { exitCode, stderr } = await runCli(['sync', folder], { sandbox })
    expect(exitCode).toBe(0)
    expect(stderr).toContain('"list 1.csv" had been changed: what was there is now "list 1 (changed).csv"')
    expect(filesIn(folder)).toEqual(['list 0.csv', 'list 1 (changed).csv', 'list 1.csv'])
    expect(readFileSync(join(folder, 'list 1 (changed).csv'), 'utf8')).toBe('edited')
    expect(readFileSync(join(folder, 'list 1.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000001'))
  })

  test('a file that was only touched is read once, not fetched', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const path = join(folder, 'list 0.csv')
    const content = readFileSync(path)
    renameSync(path, `${path}.away`)
    writeFileSync(path, content)
    rmSync(`${path}.away`)
    const { requests } = await runCli(['sync', folder], { sandbox })
    expect(requests).toHaveLength(1)
  })

  test('the manifest has each file with its size and checksum', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'), { readOnly: true })
    onTestFinished(() => manifest.close())
    expect(manifest.prepare('SELECT id, state, file, bytes, sha256 FROM exports').all()).toEqual([
      {
        id: '1000000',
        state: 'saved',
        file: 'list 0.csv',
        bytes: 1_000,
        sha256: createHash('sha256')
          .update(readFileSync(join(folder, 'list 0.csv')))
          .digest('hex'),
      },
    ])
  })

  test('--where and --since choose, and another choice reads the list anew', async () => {
    const sandbox = await sandboxWith([{}, { resource: 'orders' }, {}])
    const folder = folderForTest()
    const since = ['--since', '2026-01-02']
    const first = await runCli(['sync', folder, '--where', 'resource=orders', ...since], { sandbox })
    expect(first.stdout).toBe(`${join(folder, 'list 1.csv')}\n`)
    const second = await runCli(['sync', folder, ...since], { sandbox })
    expect(second.stdout).toBe(`${join(folder, 'list 2.csv')}\n`)
  })

  test('--dry-run says what would be downloaded and writes nothing, not even the folder', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = join(folderForTest(), 'new')
    const { exitCode, stdout, stderr } = await runCli(['sync', folder, '--dry-run'], { sandbox })
    expect([exitCode, linesOf(stdout)]).toEqual([0, [join(folder, 'list 0.csv'), join(folder, 'list 1.csv')]])
    expect(existsSync(folder)).toBe(false)
    expect(stderr).toBe('Nothing was written; a run would download 2 exports, 2.00 kB: 2 requests.\n')
  })

  test('an export that is gone is noted, and the others are saved', async () => {
    const sandbox = await sandboxWith([{}, { status: 'running' }])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    await sandbox.setState('export 1000001 does not exist')
    const { exitCode, stdout } = await runCli(['sync', folder, '--json'], { sandbox })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('{"type":"gone","id":"1000001","reason":"the API does not have it any more"}')
  })

  test('--delete-expired deletes files that the API gives no more, unless they were changed', async () => {
    const expiring = { expire_time: '2026-02-01 00:00:00' }
    const sandbox = await sandboxWith([expiring, expiring, expiring, {}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    writeFileSync(join(folder, 'list 1.csv'), 'edited')
    await sandbox.setState('export 1000000 has expired')
    await sandbox.setState('export 1000001 has expired')
    // The third is over by this clock, but the API still has it: the clock may be wrong.
    const clock = hurriedClock({ wall: Date.UTC(2026, 5, 1) })
    const { exitCode, stderr } = await runCli(['sync', folder, '--delete-expired', 'yes'], { sandbox, clock })
    expect([exitCode, stderr]).toEqual([0, 'Nothing new, 1 deleted, 1 not ready yet.\n'])
    expect(filesIn(folder)).toEqual(['list 1.csv', 'list 2.csv', 'list 3.csv'])
  })

  test('when some downloads fail, the others are saved, the exit code is 7, and the next run tries again', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const faulty: Sandbox = {
      ...sandbox,
      fetch: (request) => {
        if (request.url.includes('1000000/download')) request.headers.set('x-fault', 'status=400')
        return sandbox.fetch(request)
      },
    }
    const first = await runCli(['sync', folder], { sandbox: faulty })
    expect([first.exitCode, first.stdout]).toEqual([7, `${join(folder, 'list 1.csv')}\n`])
    expect(first.stderr).toMatch(/^error: 1000000: The API answered 400/)
    const second = await runCli(['sync', folder], { sandbox })
    expect([second.exitCode, second.stdout]).toEqual([0, `${join(folder, 'list 0.csv')}\n`])
  })

  test('a folder of another API is refused', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const { exitCode, stderr } = await runCli(['sync', folder], { env: { HOOD_BASE_URL: 'http://other.test' } })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('mirrors http://sandbox.test: give another destination for http://other.test')
  })

  test('a second sync of the same folder is refused while the first one runs', async () => {
    const folder = folderForTest()
    const sandbox = await sandboxWith([{}])
    const { promise: isReached, resolve: reach } = Promise.withResolvers<void>()
    const { promise: isOpen, resolve: open } = Promise.withResolvers<void>()
    const slow: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        reach()
        await isOpen
        return sandbox.fetch(request)
      },
    }
    const first = runCli(['sync', folder], { sandbox: slow })
    await isReached
    const second = await runCli(['sync', folder], { sandbox })
    open()
    expect([second.exitCode, (await first).exitCode]).toEqual([8, 0])
    expect(second.stderr).toMatch(/Another sync works on ".*": wait for its end, or give another folder/)
  })

  test.each([
    [
      ['--since', 'yesterday'],
      '--since "yesterday" is no time: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in GMT, or 7d',
    ],
    [['--where', 'colour=red'], 'colour'],
  ])('%o is refused before anything is asked', async (flags, message) => {
    const { exitCode, stderr, requests } = await runCli(['sync', folderForTest(), ...flags], {})
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toContain(message)
  })

  test.skipIf(process.getuid?.() === 0)(
    'a folder that cannot be written to is refused (root can write to any)',
    async () => {
      const folder = folderForTest()
      chmodSync(folder, 0o500)
      const { exitCode, stderr } = await runCli(['sync', folder], { sandbox: await sandboxWith([]) })
      expect([exitCode, stderr]).toEqual([1, expect.stringContaining('cannot be written to')])
    },
  )
})
