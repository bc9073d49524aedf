import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, onTestFinished, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, fileOf, filesIn, ignoringFilters, linesOf, sandboxWith } from '../testing/sync-account.ts'

/** How far the folder has come. */
function watermarkOf(folder: string): string {
  const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'), { readOnly: true })
  const fact = manifest.prepare("SELECT value FROM facts WHERE name = 'watermark'").get()
  manifest.close()
  return (JSON.parse(String(fact?.['value'])) as { createTime: string }).createTime
}

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

  test('says how many exports and bytes it has saved, and leaves one file beside them', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const folder = folderForTest()
    const { stdout } = await runCli(['sync', folder, '--json'], { sandbox })
    expect(stdout).toContain('{"type":"done","saved":3,"bytes":3003,"left":0,"failed":0,"deleted":0}')
    expect(readdirSync(join(folder, '.hood-exports')).toSorted()).toEqual(['manifest.sqlite', 'staging'])
  })

  test('of nothing new is one request, for what is not older than a day before the newest', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const { stdout, requests } = await runCli(['sync', folder], { sandbox })
    expect([stdout, requests.map(decodeURIComponent)]).toEqual([
      '',
      ['/v1/hood/exports?view=full&create_time=gte:2026-01-02 12:00:00&sort=-create_time&page=1,100'],
    ])
  })

  test('of nothing new, with forty in preparation, is two requests', async () => {
    const waiting = Array.from({ length: 40 }, () => ({ status: 'queued', size: null }))
    const sandbox = await sandboxWith([...waiting, {}, {}, {}])
    const folder = folderForTest()
    const on = (day: number) => ({ sandbox, clock: hurriedClock({ wall: Date.UTC(2026, 1, day) }) })
    await runCli(['sync', folder], on(20))
    const { exitCode, requests } = await runCli(['sync', folder], on(21))
    const ids = Array.from({ length: 40 }, (_, index) => 1_000_000 + index)
    expect([exitCode, requests.map(decodeURIComponent)]).toEqual([
      0,
      [
        '/v1/hood/exports?view=full&create_time=gte:2026-02-11 12:00:00&sort=-create_time&page=1,100',
        `/v1/hood/exports?view=full&id=in:${ids.join(',')}&page=1,100`,
      ],
    ])
  })

  test('asks for the resource, and not for a status: what is not ready now would be lost', async () => {
    const sandbox = await sandboxWith([{ resource: 'orders', status: 'queued' }, {}, { resource: 'orders' }])
    const folder = folderForTest()
    const argv = ['sync', folder, '--where', 'resource=orders', '--where', 'status=ready', '--where', 'name~list']
    const on = (day: number) => ({ sandbox, clock: hurriedClock({ wall: Date.UTC(2026, 0, day) }) })
    const first = await runCli(argv, on(4))
    expect(first.requests[0]).toContain('?view=full&resource=orders&sort=-create_time&page=1,100')
    await addExport(sandbox, 0, { resource: 'orders' })
    await runCli(argv, on(5))
    expect(filesIn(folder)).toEqual(['list 0.csv', 'list 2.csv'])
    const third = await runCli(argv, on(6))
    expect(third.requests).toHaveLength(1)
  })

  test('what is too young for --where is saved when it is old enough, also where filters are ignored', async () => {
    const exports = [{}, {}, {}, {}, {}, {}]
    for (const sandbox of [await sandboxWith(exports), ignoringFilters(await sandboxWith(exports))]) {
      const folder = folderForTest()
      const syncOn = (day: number) =>
        runCli(['sync', folder, '--where', 'create_time<3d'], {
          sandbox,
          clock: hurriedClock({ wall: Date.UTC(2026, 0, day, 13) }),
        })
      await syncOn(7)
      // Not the newest of the list, which an API that ignores filters gives as well.
      expect(watermarkOf(folder) <= '2026-01-04 13:00:00').toBe(true)
      expect(filesIn(folder)).toEqual(['list 0.csv', 'list 1.csv', 'list 2.csv', 'list 3.csv'])
      await syncOn(8)
      expect(filesIn(folder)).toHaveLength(5)
      await syncOn(20)
      expect(filesIn(folder)).toHaveLength(6)
    }
  })

  test('--since counts back from now, and is the same choice the next day', async () => {
    const sandbox = await sandboxWith([{}, {}, {}, {}])
    const folder = folderForTest()
    const syncOn = (day: number) =>
      runCli(['sync', folder, '--since', '2d'], { sandbox, clock: hurriedClock({ wall: Date.UTC(2026, 0, day, 11) }) })
    await syncOn(5)
    expect(filesIn(folder)).toEqual(['list 2.csv', 'list 3.csv'])
    const { requests } = await syncOn(6)
    // From a day before the newest of the last run, and not from two days ago.
    expect(requests.map(decodeURIComponent)).toEqual([expect.stringContaining('create_time=gte:2026-01-03 12:00:00')])
  })

  test.each(['2026-01-02T12:00:00Z', '2026-01-02 12:00:00', '2026-01-02'])('--since takes %s', async (time) => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    await runCli(['sync', folder, '--since', time], { sandbox })
    expect(filesIn(folder)).toEqual(['list 1.csv'])
  })

  test('a filter that finds nothing is not taken for an empty account', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    await sandbox.setState('export 1000001 does not exist')
    await sandbox.setState('export 1000000 exists', { status: 'ready', create_time: '2025-01-01 12:00:00' })
    const { exitCode, requests } = await runCli(['sync', folder], { sandbox })
    expect([exitCode, requests.length]).toEqual([0, 2])
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

  test('--dry-run tells what would be downloaded and writes nothing, not even the folder', async () => {
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

  test('--delete-expired deletes files that the API gives no more, unless somebody has changed them', async () => {
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
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(filesIn(folder)).toEqual(['list 1.csv', 'list 2.csv', 'list 3.csv'])
  })

  test('when some downloads fail, the others are saved, the exit code is 7, and the next run tries again', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const faulty: Sandbox = {
      ...sandbox,
      fetch: (request) => {
        if (request.url.includes('1000000/download')) request.headers.set('x-sandbox-fault', 'status=400')
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
    expect(stderr).toContain('mirrors http://sandbox.test: give another folder for http://other.test')
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
    expect([second.exitCode, (await first).exitCode]).toEqual([1, 0])
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
