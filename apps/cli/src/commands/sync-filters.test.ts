import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, filesIn, ignoringFilters, linesOf, sandboxWith } from '../testing/sync-account.ts'

/** How far the folder has come. */
function watermarkOf(folder: string): string {
  const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'), { readOnly: true })
  const fact = manifest.prepare("SELECT value FROM facts WHERE name = 'watermark'").get()
  manifest.close()
  return (JSON.parse(String(fact?.['value'])) as { createTime: string }).createTime
}

describe('what a sync asks for', () => {
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

  test('--path gives files deterministic paths, and --include and --exclude look at them', async () => {
    const sandbox = await sandboxWith([{ name: 'daily' }, { name: 'daily' }, { name: 'test' }, { extension: 'json' }])
    const folder = folderForTest()
    const argv = ['sync', folder, '--path', '{create_time:YYYY}/{resource}/{id}-{name}']
    const { stdout } = await runCli([...argv, '--include', '*.csv', '--exclude', '2026/*/*-test.csv'], { sandbox })
    const paths = ['1000000-daily.csv', '1000001-daily.csv'].map((file) => join(folder, '2026/quick-reports', file))
    expect(linesOf(stdout)).toEqual(paths)
    // Other patterns are another choice: the list is read anew.
    const rest = await runCli(argv, { sandbox })
    expect(linesOf(rest.stdout)).toHaveLength(2)
  })

  test.each([
    [['--path', '{name}'], '--path: "{name}" has no {id}, so two exports could get one path: write {id}-{name}'],
    [['--include', ''], "--include has no pattern: write one such as '*.csv'"],
  ])('%j is refused, and nothing is asked', async (argv, message) => {
    const { exitCode, stderr, requests } = await runCli(['sync', folderForTest(), ...argv], {})
    expect([exitCode, requests]).toEqual([2, []])
    expect(stderr).toContain(message)
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
    expect([exitCode, requests.filter((path) => path.includes('?')).length]).toEqual([0, 2])
  })
})
