import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ended, startApi, startEight } from '../rate-limit/shared/testing/processes.ts'
import type { ExchangeRequest } from '../rate-limit/shared/store.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { storeClockChecks } from '../testing/store-clock-suite.ts'
import { storeChecks } from '../testing/store-suite.ts'
import { createFileStore } from './file-store.ts'
import type { FileStore, FileStoreOptions } from './file-store.ts'

const MINUTE = { name: 'minute', limit: 10, windowMs: 60_000 }
/** `hoo`; the number of the layout is added. */
const OUR_FILES = 0x68_6f_6f_00
const WANT: ExchangeRequest = { windows: [MINUTE], want: ['a'], arrived: [], freed: [], told: [], closeMs: 0, seen: 0 }

/** A file that is not there yet, in a folder that is not there either. */
function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'file-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'state', 'quota.sqlite')
}

function open(options: FileStoreOptions): FileStore {
  const store = createFileStore(options)
  onTestFinished(() => store.close())
  return store
}

describe('a store in a file', () => {
  test.each(storeChecks)('$name', ({ run }) => {
    const file = newFile()
    return run({ open: (account) => open({ file, account }) })
  })

  test.each(storeClockChecks)('$name', ({ run }) => {
    const [file, clock] = [newFile(), createManualClock({ now: 5_000_000 })]
    return run({
      open: (account) => open({ file, account, clock }),
      moveClock: (ms) => clock.setWall(clock.wallNow() + ms),
    })
  })

  test('makes the file and its folder for their owner alone', async () => {
    const file = newFile()
    await open({ file, account: 'a' }).exchange(WANT)
    const modes = [file, `${file}-wal`, join(file, '..')].map((path) => statSync(path).mode & 0o777)
    expect(modes.map((mode) => mode.toString(8))).toEqual(['600', '600', '700'])
  })

  test('keeps what it knows when every process has ended', async () => {
    const file = newFile()
    const first = open({ file, account: 'a' })
    await first.exchange(WANT)
    first.close()
    expect(await open({ file, account: 'a' }).exchange({ ...WANT, want: ['b'] })).toMatchObject({
      exchanges: 2,
      windows: [{ used: 2 }],
    })
  })

  test('that was deleted while it was open is the one that others have made since', async () => {
    const file = newFile()
    const [one, other] = [open({ file, account: 'a' }), open({ file, account: 'a' })]
    await one.exchange(WANT)
    rmSync(join(file, '..'), { recursive: true })
    await other.exchange({ ...WANT, want: ['b'] })
    expect(await one.exchange({ ...WANT, want: ['c'] })).toMatchObject({ exchanges: 2, windows: [{ used: 2 }] })
  })

  test.each<[string, (file: string) => void]>([
    ['is no database', (file) => writeFileSync(file, 'id,name\r\n'.repeat(100))],
    [
      'is broken',
      (file) => {
        const bytes = readFileSync(file)
        writeFileSync(file, bytes.fill(7, 100))
      },
    ],
    [
      'is of another program',
      (file) => {
        rmSync(file)
        const database = new DatabaseSync(file)
        database.exec('CREATE TABLE note (text TEXT)')
        database.close()
      },
    ],
    [
      'is of a newer version',
      (file) => {
        const database = new DatabaseSync(file)
        database.exec(`PRAGMA application_id = ${OUR_FILES + 255}`)
        database.close()
      },
    ],
  ])('that %s is left as it is, and an error says so', async (_title, spoil) => {
    const file = newFile()
    const store = open({ file, account: 'a' })
    await store.exchange(WANT)
    store.close()
    spoil(file)
    const before = readFileSync(file)
    await expect(open({ file, account: 'a' }).exchange(WANT)).rejects.toThrow(
      `${file} is broken, or no file of createFileStore: give another, or delete it`,
    )
    expect(readFileSync(file)).toEqual(before)
  })

  test('of an older layout is emptied and used', async () => {
    const file = newFile()
    mkdirSync(dirname(file))
    const database = new DatabaseSync(file)
    database.exec('CREATE TABLE account (name TEXT, places TEXT); CREATE TABLE place (id TEXT)')
    database.exec(`PRAGMA application_id = ${OUR_FILES + 1}`)
    database.close()
    const store = open({ file, account: 'a' })
    await store.exchange(WANT)
    expect(await store.exchange({ ...WANT, want: ['b'] })).toMatchObject({ exchanges: 2, windows: [{ used: 2 }] })
  })

  test('in a folder that cannot be made rejects, and says why', async () => {
    await expect(open({ file: '/dev/null/quota', account: 'a' }).exchange(WANT)).rejects.toThrow(/ENOTDIR|EEXIST/)
  })

  test('an account without a name is refused', () => {
    expect(() => createFileStore({ file: 'a', account: '' })).toThrow(/account is empty, or no text: give a name/)
  })

  test('where Node has no node:sqlite, only its making says so: the rest of the entry works', () => {
    const program = `
      const { createFileStore, safeFileName } = await import(${JSON.stringify(join(import.meta.dirname, 'index.ts'))})
      console.log(typeof safeFileName)
      try { createFileStore({ file: 'a', account: 'a' }) } catch ({ message }) { console.log(message) }`
    const { stdout } = spawnSync(process.execPath, ['--no-experimental-sqlite', '--input-type=module', '-e', program])
    expect(String(stdout).split('\n')).toEqual([
      'function',
      `createFileStore needs node:sqlite, of Node 22.13 or newer; this is ${process.version}`,
      '',
    ])
  })
})

describe('eight processes over a file', () => {
  test('keep the quota, and each call gets its answer', async () => {
    const api = await startApi()
    const callers = startEight({ store: { file: newFile() }, apiUrl: api.url, calls: 40 })
    expect(await Promise.all(callers.map(ended))).toEqual(Array.from({ length: 8 }, () => 0))
    expect(api.refused).toBe(0)
    expect([...api.served.values()]).toEqual(Array.from({ length: 8 }, () => 40))
  })

  test('of which three are killed go on, and keep the quota', async () => {
    const api = await startApi()
    const callers = startEight({ store: { file: newFile() }, apiUrl: api.url, calls: 40 })
    const all = Promise.all(callers.map(ended))
    for (const [index, count] of [30, 80, 130].entries()) {
      await api.until(count)
      callers[index]?.kill('SIGKILL')
    }
    expect(await all).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL', 0, 0, 0, 0, 0])
    expect(api.refused).toBe(0)
    expect(callers.slice(3).map(({ pid }) => api.served.get(String(pid)))).toEqual([40, 40, 40, 40, 40])
  })
})
