import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from '../testing/hurried-clock.ts'
import { folderForTest, runCli } from '../testing/run-cli.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import { addExport, filesIn, linesOf, sandboxWith } from '../testing/sync-account.ts'

interface Listed {
  total: number
  items: { readonly id: string }[]
}

/** The sandbox, with another list. */
function listing(sandbox: Sandbox, change: (list: Listed, url: URL) => Promise<Listed> | Listed): Sandbox {
  return {
    ...sandbox,
    fetch: async (request) => {
      const answer = await sandbox.fetch(request)
      const url = new URL(request.url)
      if (!url.pathname.endsWith('/exports') || answer.status !== 200) return answer
      return Response.json(await change((await answer.json()) as Listed, url), { headers: answer.headers })
    },
  }
}

/** As a database that was given no order among equals: all exports are of one second. */
function shuffled(sandbox: Sandbox): Sandbox {
  const random = seededRandom(7)
  return listing(sandbox, async (list, url) => {
    const everything = new URL(url)
    const [page = 1, size = 10] = (url.searchParams.get('page') ?? '1').split(',').map(Number)
    everything.searchParams.set('page', '1,1000')
    const headers = { authorization: 'Bearer sandbox-ana' }
    const { items } = (await (await sandbox.fetch(new Request(everything, { headers }))).json()) as Listed
    const mixed = items.map((item) => ({ item, key: random.next() })).toSorted((a, b) => a.key - b.key)
    return { ...list, items: mixed.slice((page - 1) * size, page * size).map(({ item }) => item) }
  })
}

describe('a list', () => {
  test('in another order at each query is read until every export has come, or the run says that some have not', async () => {
    const same = { create_time: '2026-01-02 10:00:00', size: 10 }
    const sandbox = await sandboxWith(Array.from({ length: 250 }, () => same))
    const folder = folderForTest()
    const list = shuffled(sandbox)
    const runs: { exitCode: number; isNamed: boolean; files: number }[] = []
    do {
      const { exitCode, stderr } = await runCli(['sync', folder], { sandbox: list, clock: hurriedClock() })
      runs.push({ exitCode, isNamed: stderr.includes('more than it gave'), files: filesIn(folder).length })
    } while (runs.length < 6 && runs.at(-1)?.exitCode !== 0)
    expect(runs.at(-1)).toEqual({ exitCode: 0, isNamed: false, files: 250 })
    // Never exit code 0 with something missing.
    expect(runs.slice(0, -1).every(({ exitCode, isNamed }) => exitCode === 7 && isNamed)).toBe(true)
  })

  test('whose total is that of a page is read to its end', async () => {
    const sandbox = await sandboxWith(Array.from({ length: 130 }, () => ({ size: 10 })))
    const folder = folderForTest()
    const small = listing(sandbox, (list) => ({ ...list, total: list.items.length }))
    const { exitCode } = await runCli(['sync', folder], { sandbox: small, clock: hurriedClock() })
    expect([exitCode, filesIn(folder).length]).toEqual([0, 130])
  })

  test('that announces more than it gives ends with 7, and is read whole by the next run', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const hiding = listing(sandbox, ({ total, items }) => ({
      total,
      items: items.filter(({ id }) => id !== '1000000'),
    }))
    const first = await runCli(['sync', folder], { sandbox: hiding })
    expect([first.exitCode, filesIn(folder)]).toEqual([7, ['list 1.csv']])
    expect(first.stderr).toContain('The list has 1 export more than it gave')
    const second = await runCli(['sync', folder], { sandbox })
    expect([second.exitCode, filesIn(folder)]).toEqual([0, ['list 0.csv', 'list 1.csv']])
  })

  test('is read whole with --full, which finds what was listed late', async () => {
    const sandbox = await sandboxWith(Array.from({ length: 3 }, () => ({ create_time: '2026-06-01 00:00:00' })))
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    await addExport(sandbox, 9, { create_time: '2026-01-01 00:00:00' })
    expect((await runCli(['sync', folder], { sandbox })).stdout).toBe('')
    expect((await runCli(['sync', folder, '--full'], { sandbox })).stdout).toBe(`${join(folder, 'list 9.csv')}\n`)
  })
})

describe('the files of a run that was killed', () => {
  test.each(['moving', 'saved'])('just as it was %s are announced by the next one, once', async (state) => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'))
    manifest.prepare('UPDATE exports SET state = ?, announced = 0').run(state)
    manifest.close()
    const second = await runCli(['sync', folder], { sandbox })
    const third = await runCli(['sync', folder], { sandbox })
    expect([second.stdout, third.stdout]).toEqual([`${join(folder, 'list 0.csv')}\n`, ''])
  })

  test('are announced when the reader of the output went away before', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const onWrite = (): never => {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' })
    }
    await runCli(['sync', folder, '--concurrency', '1'], { sandbox, onWrite })
    const { stdout } = await runCli(['sync', folder], { sandbox })
    expect(linesOf(stdout)).toEqual([join(folder, 'list 0.csv'), join(folder, 'list 1.csv')])
  })
})

describe('--exec', () => {
  test('runs for each new file, and again in the next run where it failed', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const [folder, loaded] = [folderForTest(), join(folderForTest(), 'loaded')]
    const env = { PATH: process.env['PATH'], LOADED: loaded }
    const failing = '[ "$HOOD_ID" = 1000000 ] && exit 3; echo "$HOOD_ID $HOOD_BYTES $HOOD_PATH" >> "$LOADED"'
    const first = await runCli(['sync', folder, '--exec', failing], { sandbox, env })
    expect([first.exitCode, first.stdout]).toEqual([7, `${join(folder, 'list 1.csv')}\n`])
    expect(first.stderr).toContain(`1000000: --exec ended with 3 for "${join(folder, 'list 0.csv')}"`)
    const argv = ['sync', folder, '--exec', 'echo "$HOOD_ID" >> "$LOADED"']
    const second = await runCli(argv, { sandbox, env })
    expect([second.exitCode, second.stdout]).toEqual([0, `${join(folder, 'list 0.csv')}\n`])
    await runCli(argv, { sandbox, env })
    expect(readFileSync(loaded, 'utf8')).toBe(`1000001 1001 ${join(folder, 'list 1.csv')}\n1000000\n`)
  })
})

describe('the manifest', () => {
  test('can be read while a run works', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const folder = folderForTest()
    const seen: unknown[] = []
    const watched: Sandbox = {
      ...sandbox,
      fetch: async (request) => {
        if (request.url.endsWith('/download')) {
          const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'), { readOnly: true })
          seen.push(manifest.prepare("SELECT count(*) AS wanted FROM exports WHERE state = 'wanted'").get()?.['wanted'])
          manifest.close()
        }
        return sandbox.fetch(request)
      },
    }
    const { exitCode } = await runCli(['sync', folder, '--concurrency', '1'], { sandbox: watched })
    expect([exitCode, seen]).toEqual([0, [2, 1]])
  })

  test('lies in --state, and with --removed keep an empty folder is filled with new exports alone', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const [folder, elsewhere] = [folderForTest(), folderForTest()]
    const argv = ['sync', folder, '--state', join(elsewhere, 'state/hood.sqlite'), '--removed', 'keep']
    await runCli(argv, { sandbox })
    expect(readdirSync(join(elsewhere, 'state'))).toEqual(['hood.sqlite'])
    rmSync(folder, { recursive: true })
    await addExport(sandbox, 2)
    const { exitCode, stdout } = await runCli(argv, { sandbox })
    expect([exitCode, stdout, filesIn(folder)]).toEqual([0, `${join(folder, 'list 2.csv')}\n`, ['list 2.csv']])
  })

  test('of an older version is taken over, and its files are not announced again', async () => {
    const sandbox = await sandboxWith([{}])
    const folder = folderForTest()
    await runCli(['sync', folder], { sandbox })
    const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'))
    manifest.exec('ALTER TABLE exports DROP COLUMN announced; PRAGMA user_version = 1')
    manifest.close()
    const { exitCode, stdout, requests } = await runCli(['sync', folder], { sandbox })
    expect([exitCode, stdout, requests.length]).toEqual([0, '', 1])
  })
})

describe('how far a run is', () => {
  test('is summed up in a pipe too, unless --quiet', async () => {
    const sandbox = await sandboxWith([{}, {}])
    const loud = await runCli(['sync', folderForTest()], { sandbox })
    const quiet = await runCli(['sync', folderForTest(), '--quiet'], { sandbox })
    expect([loud.stderr, quiet.stderr]).toEqual(['2 exports saved, 2.00 kB.\n', ''])
  })

  test('is summed up at Ctrl-C', async () => {
    const sandbox = await sandboxWith([{}, {}, {}])
    const interruption = new AbortController()
    const onWrite = (): void => interruption.abort()
    const argv = ['sync', folderForTest(), '--concurrency', '1']
    const { exitCode, stderr } = await runCli(argv, { sandbox, signal: interruption.signal, onWrite })
    expect([exitCode, stderr]).toEqual([130, 'Ended early: 1 of 3 saved, 1.00 kB; the next run goes on from here.\n'])
  })
})
