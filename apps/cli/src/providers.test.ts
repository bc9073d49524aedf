import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@hood-exports/sandbox'
import { describe, expect, test } from 'vitest'
import { hurriedClock } from './testing/hurried-clock.ts'
import { PROVIDERS } from './testing/providers.ts'
import { folderForTest, runCli } from './testing/run-cli.ts'
import { addExport, fileOf, filesIn, linesOf, sandboxWith } from './testing/sync-account.ts'

/** More than a page of any provider; every twentieth has failed, and every thirtieth from 11 on is being prepared. */
const COUNT = 160

function statusOf(index: number): string {
  return index % 20 === 7 ? 'failed' : index % 30 === 11 ? 'processing' : 'ready'
}

const ALL = Array.from({ length: COUNT }, (_, index) => index)
const READY = ALL.filter((index) => statusOf(index) === 'ready')

async function account(): Promise<Sandbox> {
  return sandboxWith(ALL.map((index) => ({ status: statusOf(index), size: 10 + index })))
}

function idsOf(indexes: readonly number[]): string[] {
  return indexes.map((index) => String(1_000_000 + index))
}

/** The day after the nth export was made. */
function after(index: number): { readonly clock: ReturnType<typeof hurriedClock> } {
  return { clock: hurriedClock({ wall: Date.UTC(2026, 0, 2 + index) }) }
}

describe.each(PROVIDERS)('a provider $name', ({ deviate, nothingNew, withWaiting }) => {
  test('lists every export, once', async () => {
    const { exitCode, stdout } = await runCli(['list', '--all', '--fields', 'id', '--output', 'ndjson'], {
      sandbox: deviate(await account()),
    })
    expect([exitCode, linesOf(stdout)]).toEqual([0, idsOf(ALL).map((id) => JSON.stringify({ id }))])
  })

  test('lists what meets the conditions', async () => {
    const conditions = ['--where', 'status=failed,error', '--where', 'create_time>=60d', '--where', 'size<160']
    const { exitCode, stdout } = await runCli(['list', '--all', ...conditions, '--fields', 'id', '--output', 'csv'], {
      sandbox: deviate(await account()),
      ...after(COUNT - 1),
    })
    expect([exitCode, stdout]).toEqual([0, 'id\r\n1000147\r\n1000127\r\n1000107\r\n'])
  })

  test('lists a page', async () => {
    const { exitCode, stdout } = await runCli(['list', '--page', '2', '--where', 'status=ready', '--fields', 'id'], {
      sandbox: deviate(await account()),
    })
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^id\n(?:10\d{5}\n)+$/)])
  })

  test('gives an export, with numbers', async () => {
    const { exitCode, stdout } = await runCli(['get', '1000003', '--json'], { sandbox: deviate(await account()) })
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ size: 13, attempt_count: 1 })])
  })

  test('gives a file, whose size is checked', async () => {
    const sandbox = await account()
    const argv = ['download', '1000003', '-d', folderForTest(), '--size-mismatch', 'fail', '--json']
    const { exitCode, stdout } = await runCli(argv, { sandbox: deviate(sandbox) })
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ bytes: 13, sizeCheck: 'matches' })])
  })

  test('is mirrored: everything once, then what is new and what has become ready, then nothing', async () => {
    const sandbox = await account()
    const folder = folderForTest()
    const first = await runCli(['sync', folder], { sandbox: deviate(sandbox), ...after(COUNT) })
    expect([first.exitCode, linesOf(first.stdout).length]).toEqual([0, READY.length])

    const becameReady = 11
    await addExport(sandbox, becameReady)
    await addExport(sandbox, COUNT)
    const second = await runCli(['sync', folder], { sandbox: deviate(sandbox), ...after(COUNT + 20) })
    expect([second.exitCode, linesOf(second.stdout)]).toEqual([
      0,
      [join(folder, `list ${becameReady}.csv`), join(folder, `list ${COUNT}.csv`)],
    ])
    expect(second.requests.filter((path) => !path.endsWith('/download')).length).toBe(withWaiting)

    // An hour later nothing that waits is due.
    const hour = { clock: hurriedClock({ wall: Date.UTC(2026, 0, 2 + COUNT + 20, 1) }) }
    const third = await runCli(['sync', folder], { sandbox: deviate(sandbox), ...hour })
    expect([third.exitCode, third.stdout, third.requests.length]).toEqual([0, '', nothingNew])
    expect(filesIn(folder)).toHaveLength(READY.length + 2)
    expect(readFileSync(join(folder, `list ${COUNT}.csv`), 'utf8')).toBe(
      await fileOf(sandbox, String(1_000_000 + COUNT)),
    )
  })

  test('is mirrored by resource, with a warning where filters are refused', async () => {
    const sandbox = await sandboxWith(ALL.map((index) => ({ size: 10, resource: index === 5 ? 'orders' : 'other' })))
    const folder = folderForTest()
    const argv = ['sync', folder, '--where', 'resource=orders']
    const first = await runCli(argv, { sandbox: deviate(sandbox), ...after(COUNT) })
    expect([first.exitCode, filesIn(folder)]).toEqual([0, ['list 5.csv']])
    await addExport(sandbox, COUNT, { resource: 'orders' })
    const second = await runCli(argv, { sandbox: deviate(sandbox), ...after(COUNT) })
    expect([second.exitCode, filesIn(folder)]).toEqual([0, [`list ${COUNT}.csv`, 'list 5.csv']])
  })
})

describe('a filter that is refused', () => {
  test('is reported once, on stderr, and the list is right', async () => {
    const refusing = PROVIDERS.find(({ name }) => name === 'that refuses filters')
    const { exitCode, stdout, stderr } = await runCli(
      ['list', '--all', '--where', 'status=failed', '--where', 'size<50', '--fields', 'id'],
      { sandbox: refusing?.deviate(await account()) ?? (await account()), columns: 120 },
    )
    expect([exitCode, stdout]).toEqual([0, 'id\n1000027\n1000007\n'])
    expect(stderr.match(/warning: .*/g)).toEqual([
      'warning: The API refuses to filter by status, size (400): the list is read without that, and checked here.',
    ])
    expect(stderr).toContain('2 with status=failed and size<50 among all 160 exports.')
  })
})
