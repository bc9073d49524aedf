import { existsSync, linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { folderForTest, runCli, sandboxForTest } from '../testing/run-cli.ts'
import { addExport, faulty, filesIn, sandboxWith } from '../testing/sync-account.ts'

interface Saved {
  readonly path: string
  readonly staged: string
  /** Puts the manifest back to what it was at an earlier step. */
  setState(state: 'wanted' | 'moving'): void
}

/** A folder after a run that has saved one export. */
async function savedFolder() {
  const sandbox = sandboxForTest({ items: 0 })
  await sandbox.setState('export 1000000 exists', { name: 'list', size: 1_000 })
  const folder = folderForTest()
  await runCli(['sync', folder], { sandbox })
  const saved: Saved = {
    path: join(folder, 'list.csv'),
    staged: join(folder, '.hood-exports/staging/1000000.staged'),
    setState(state) {
      const manifest = new DatabaseSync(join(folder, '.hood-exports/manifest.sqlite'))
      manifest.prepare('UPDATE exports SET state = ?, saved_at_ms = NULL').run(state)
      if (state === 'wanted') manifest.exec('UPDATE exports SET bytes = NULL, sha256 = NULL, mtime_ms = NULL')
      manifest.close()
    },
  }
  return { sandbox, folder, content: readFileSync(saved.path, 'utf8'), saved }
}

/** What is on the disk when a run is killed between two steps, and the downloads that the next run needs. */
const STEPS: readonly (readonly [when: string, downloads: number, undo: (saved: Saved) => void])[] = [
  [
    'while a file arrives',
    1,
    ({ path, staged, setState }) => {
      setState('wanted')
      rmSync(path)
      writeFileSync(`${staged}.1234abcd.part`, 'half')
    },
  ],
  [
    'after it has arrived, before that is remembered',
    1,
    ({ path, staged, setState }) => {
      setState('wanted')
      renameSync(path, staged)
    },
  ],
  [
    'before it gets its name',
    0,
    ({ path, staged, setState }) => {
      setState('moving')
      renameSync(path, staged)
    },
  ],
  [
    'when it has both names',
    0,
    ({ path, staged, setState }) => {
      setState('moving')
      linkSync(path, staged)
    },
  ],
  ['when it has its name, before that is remembered', 0, ({ setState }) => setState('moving')],
  [
    'by a power failure that loses what was not flushed',
    1,
    ({ path, staged, setState }) => {
      setState('moving')
      rmSync(path)
      writeFileSync(staged, 'hal')
    },
  ],
  ['by a power failure that loses the last changes of the manifest', 1, ({ setState }) => setState('wanted')],
]

test.each(STEPS)(
  'a run that is killed %s is made good by the next one, with %i downloads',
  async (_when, count, undo) => {
    const { sandbox, folder, content, saved } = await savedFolder()
    undo(saved)
    const { exitCode, requests } = await runCli(['sync', folder], { sandbox })
    expect([exitCode, requests.filter((path) => path.endsWith('/download')).length]).toEqual([0, count])
    expect(readdirSync(folder).toSorted()).toEqual(['.hood-exports', 'list.csv'])
    expect(readFileSync(saved.path, 'utf8')).toBe(content)
    expect(readdirSync(join(folder, '.hood-exports/staging'))).toEqual([])
    const again = await runCli(['sync', folder], { sandbox })
    expect(again.requests).toHaveLength(1)
  },
)

test('a changed file is put aside once, also when the run is killed in between', async () => {
  const { sandbox, folder, content, saved } = await savedFolder()
  saved.setState('moving')
  renameSync(saved.path, saved.staged)
  writeFileSync(saved.path, 'edited')
  await runCli(['sync', folder], { sandbox })
  expect(readFileSync(join(folder, 'list (changed).csv'), 'utf8')).toBe('edited')
  expect(readFileSync(saved.path, 'utf8')).toBe(content)
  expect(existsSync(join(folder, 'list (changed 2).csv'))).toBe(false)
})

test('when the manifest is lost, files that are there are recognised, in whatever order names are given out', async () => {
  const sandbox = await sandboxWith([{ name: 'list' }])
  const folder = folderForTest()
  await runCli(['sync', folder], { sandbox })
  await addExport(sandbox, 1, { name: 'list' })
  await runCli(['sync', folder], { sandbox })
  rmSync(join(folder, '.hood-exports'), { recursive: true })
  // The newest asks first for the name that the oldest has, and arrives last.
  const { exitCode } = await runCli(['sync', folder], { sandbox: faulty(sandbox, '1000001/download', ['html']) })
  expect([exitCode, filesIn(folder)]).toEqual([0, ['list (1000001).csv', 'list.csv']])
})

test('a file is recognised by any of its names, when those before it are free again', async () => {
  const sandbox = await sandboxWith([{ name: 'list' }])
  const folder = folderForTest()
  await runCli(['sync', folder], { sandbox })
  rmSync(join(folder, '.hood-exports'), { recursive: true })
  renameSync(join(folder, 'list.csv'), join(folder, 'list (1000000 2).csv'))
  await runCli(['sync', folder], { sandbox })
  expect(filesIn(folder)).toEqual(['list (1000000 2).csv'])
})

test('a file is recognised when another export has its name in other letters', async () => {
  const sandbox = await sandboxWith([{ name: 'LIST' }])
  const folder = folderForTest()
  await runCli(['sync', folder], { sandbox })
  rmSync(join(folder, '.hood-exports'), { recursive: true })
  await addExport(sandbox, 1, { name: 'list' })
  await runCli(['sync', folder], { sandbox: faulty(sandbox, '1000000/download', ['html']) })
  expect(filesIn(folder)).toHaveLength(2)
})
