import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { addExport, answering, faulty, fileOf, filesIn, sandboxWith } from '../testing/sync-account.ts'

const ERROR = { code: 500, title: 'Internal server error.', trace_id: 'x' }

describe('a file is kept when it is the export, not because it ended', () => {
  test.each<[string, () => Response, string]>([
    ['an error of the API with status 200', () => Response.json(ERROR), 'The answer is an error of the API'],
    ['JSON that is not asked for', () => Response.json([1]), 'The answer is JSON and not the file (text/csv)'],
    [
      'a page that calls itself CSV',
      () => new Response('<!DOCTYPE html><title>Sign in</title>', { headers: { 'content-type': 'text/csv' } }),
      'The answer is a page (text/html)',
    ],
    ['nothing', () => new Response(''), 'The file is empty, and the API announces a size of 1000'],
  ])('%s is not kept, and the next run has the file', async (_what, answer, message) => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    const clock = hurriedClock()
    const first = await runCli(['sync', folder], { sandbox: answering(sandbox, '/download', answer), clock })
    expect([first.exitCode, filesIn(folder)]).toEqual([7, []])
    expect(first.stderr).toContain(message)
    const aside = join(folder, '.hood-exports/doubtful/1000000-list 0.csv')
    expect(first.stderr).toContain(`it was kept aside, as "${aside}"`)
    expect(readFileSync(aside, 'utf8')).toBe(await answer().text())
    expect(first.requests.filter((path) => path.endsWith('/download'))).toHaveLength(2)
    const second = await runCli(['sync', folder], { sandbox, clock })
    expect([second.exitCode, readFileSync(join(folder, 'list 0.csv'), 'utf8')]).toEqual([
      0,
      await fileOf(sandbox, '1000000'),
    ])
  })

  test('half a gzip stream is not kept', async () => {
    const whole = gzipSync('id,name\n'.repeat(1_000))
    const sandbox = await sandboxWith([{ extension: 'gz', mime_type: 'application/gzip', size: null }])
    const folder = folderForTest()
    const headers = { 'content-type': 'application/gzip' }
    const half = answering(sandbox, '/download', () => new Response(whole.subarray(0, 20), { headers }))
    const first = await runCli(['sync', folder], { sandbox: half })
    expect([first.exitCode, filesIn(folder)]).toEqual([7, []])
    expect(first.stderr).toContain('The file is a gzip stream without its end')
    const second = await runCli(['sync', folder], {
      sandbox: answering(sandbox, '/download', () => new Response(whole, { headers })),
    })
    expect([second.exitCode, filesIn(folder)]).toEqual([0, ['list 0.gz']])
  })

  test('another size is kept until sizes proved to be bytes, then it is fetched again and fails', async () => {
    const sandbox = await sandboxWith([{}, {}, {}, {}, {}, {}])
    const folder = folderForTest()
    const cut = answering(
      sandbox,
      '1000000/download',
      () => new Response('cut', { headers: { 'content-type': 'text/csv' } }),
    )
    const first = await runCli(['sync', folder], { sandbox: cut })
    expect([first.exitCode, filesIn(folder).length]).toEqual([0, 6])
    const second = await runCli(['sync', folder], { sandbox: cut })
    expect([second.exitCode, second.stdout]).toEqual([7, ''])
    expect(second.stderr).toContain('1000000: The file has 3 bytes, and the API announces 1000: it was kept aside')
    const third = await runCli(['sync', folder, '--size-mismatch', 'warn'], { sandbox: cut })
    expect(third.exitCode).toBe(0)
    const healed = await runCli(['sync', folder], { sandbox })
    expect([healed.exitCode, readFileSync(join(folder, 'list 0.csv'), 'utf8')]).toEqual([
      0,
      await fileOf(sandbox, '1000000'),
    ])
  })
})

describe('a file that is gone', () => {
  test('for good (410) is asked for once, and fails no run', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const gone = answering(sandbox, '1000000/download', () =>
      Response.json({ code: 410, title: 'Gone.' }, { status: 410 }),
    )
    const runs = [await runCli(['sync', folder], { sandbox: gone }), await runCli(['sync', folder], { sandbox: gone })]
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(runs.map(({ requests }) => requests.filter((path) => path.endsWith('1000000/download')).length)).toEqual([
      1, 0,
    ])
  })

  test('as a store says it (403), for an export that has expired, fails no run', async () => {
    const sandbox = await sandboxWith([{ expire_time: '2026-02-01 00:00:00' }])
    const refused = answering(sandbox, '/download', () => new Response('<Error/>', { status: 403 }))
    const clock = hurriedClock({ wall: Date.UTC(2026, 5, 1) })
    const { exitCode, stdout } = await runCli(['sync', folderForTest(), '--json'], { sandbox: refused, clock })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('"reason":"it expired at 2026-02-01 00:00:00"')])
  })
})

describe('an export that was made again under its id', () => {
  const remade = { attempt_count: 2, size: 1_500, update_time: '2026-01-09 00:00:00' }

  test('takes the place of its old file, and is printed', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    await addExport(sandbox, 0, remade)
    const { exitCode, stdout } = await runCli(['sync', folder], { sandbox })
    expect([exitCode, stdout, filesIn(folder)]).toEqual([0, `${join(folder, 'list 0.csv')}\n`, ['list 0.csv']])
    expect(readFileSync(join(folder, 'list 0.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000000'))
  })

  test('leaves the version before beside the new one, when versions are kept', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const before = readFileSync(join(folder, 'list 0.csv'), 'utf8')
    await addExport(sandbox, 0, remade)
    const { stdout, stderr } = await runCli(['sync', folder, '--versions', 'keep'], { sandbox, columns: 120 })
    expect(filesIn(folder)).toEqual(['list 0 (before).csv', 'list 0.csv'])
    expect(readFileSync(join(folder, 'list 0 (before).csv'), 'utf8')).toBe(before)
    expect(readFileSync(join(folder, 'list 0.csv'), 'utf8')).toBe(await fileOf(sandbox, '1000000'))
    expect([stdout, stderr]).toEqual([
      expect.stringContaining('list 0.csv'),
      expect.stringContaining('"list 0.csv" is a new version: the one before is now "list 0 (before).csv".'),
    ])
  })

  test('leaves a file that was changed beside the new one', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    writeFileSync(join(folder, 'list 0.csv'), 'edited')
    await addExport(sandbox, 0, remade)
    await runCli(['sync', folder], { sandbox })
    expect(filesIn(folder)).toEqual(['list 0 (changed).csv', 'list 0.csv'])
  })

  test('with the bytes that it had is not printed, and a new update_time alone is soon no reason any more', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const downloads: number[] = []
    for (let day = 1; day <= 5; day += 1) {
      await addExport(sandbox, 0, { update_time: `2026-02-0${day} 00:00:00` })
      const { stdout, requests } = await runCli(['sync', folder], { sandbox })
      expect(stdout).toBe('')
      downloads.push(requests.filter((path) => path.endsWith('/download')).length)
    }
    expect(downloads).toEqual([1, 1, 1, 0, 0])
  })
})

describe('a sick API', () => {
  const many = (): Promise<Sandbox> => sandboxWith(Array.from({ length: 40 }, () => ({ size: 10 })))

  test('is left alone: a few requests, then pauses with one probe each', async () => {
    const sandbox = await many()
    const sick = answering(sandbox, '/download', () => new Response('', { status: 502 }))
    const { exitCode, requests, stderr } = await runCli(['sync', folderForTest()], {
      sandbox: sick,
      clock: hurriedClock(),
    })
    expect(exitCode).toBe(1)
    expect(requests.length).toBe(33)
    expect(stderr).toContain('exports not tried: the next run goes on from here.')
  })

  test('for a minute does not end the run', async () => {
    const sandbox = await many()
    const clock = hurriedClock()
    const folder = folderForTest()
    const broken: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        const isSick = request.url.endsWith('/download') && clock.now() < 60_000
        if (isSick) throw new TypeError('fetch failed')
        return sandbox.fetch(request)
      },
    }
    const { exitCode } = await runCli(['sync', folder], { sandbox: broken, clock })
    expect([exitCode, filesIn(folder).length]).toEqual([0, 40])
  })

  test('that does not even list is asked again for as long as --retry-for says', async () => {
    const sandbox = await sandboxWith([{}])
    const clock = hurriedClock()
    const away: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        if (clock.now() < 90_000) throw new TypeError('fetch failed')
        return sandbox.fetch(request)
      },
    }
    const folder = folderForTest()
    const short = await runCli(['sync', folder, '--retry-for', '10s'], { sandbox: away, clock })
    expect([short.exitCode, filesIn(folder)]).toEqual([6, []])
    const long = await runCli(['sync', folder], { sandbox: away, clock })
    expect([long.exitCode, filesIn(folder)]).toEqual([0, ['list 0.csv']])
  })

  test('that fails for one export alone keeps no other from being saved', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const folder = folderForTest()
    const flaky = faulty(sandbox, '1000001/download', Array<string>(20).fill('status=500'))
    const { exitCode } = await runCli(['sync', folder], { sandbox: flaky, clock: hurriedClock() })
    expect([exitCode, filesIn(folder)]).toEqual([7, ['list 0.csv', 'list 2.csv']])
  })
})
