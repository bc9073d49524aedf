import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createExportsClient } from '../client.ts'
import { toResult } from '../errors.ts'
import type { ExportItem } from '../export-item.ts'
import { buildItem, createManualClock, createStandIn } from '../testing/index.ts'
import type { Scenario } from '../testing/index.ts'
import { saveExport } from './save-export.ts'

const FILE = 'id,name\r\n1,Ana\r\n2,Дуња\r\n'
const BYTES = Buffer.byteLength(FILE)

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'save-export-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

function arrange(item: ExportItem = buildItem({ id: '7', name: 'Weekly', extension: 'csv', size: BYTES })) {
  const clock = createManualClock()
  const standIn = createStandIn({ items: [item], file: FILE, clock })
  const client = createExportsClient({ token: 'any', fetch: standIn.fetch, clock, maxRetries: 0, random: () => 0 })
  return { clock, standIn, client, item }
}

describe('saving an export', () => {
  test('writes the file, whole, and gives its digest', async () => {
    const { client, item } = arrange()
    const saved = await saveExport(client, item, { directory })
    expect(saved).toEqual({
      id: '7',
      outcome: 'saved',
      path: join(directory, 'Weekly.csv'),
      bytes: BYTES,
      sha256: createHash('sha256').update(FILE).digest('hex'),
      sizeCheck: 'matches',
      contentType: 'text/csv',
    })
    expect(await readFile(saved.path, 'utf8')).toBe(FILE)
    expect(await readdir(directory)).toEqual(['Weekly.csv'])
  })

  test('asks for the name when it has only an id', async () => {
    const { client, standIn } = arrange()
    expect(await saveExport(client, '7', { directory })).toMatchObject({ path: join(directory, 'Weekly.csv') })
    expect(standIn.requests.map(({ url }) => `${url.pathname}${url.search}`)).toEqual([
      '/v1/hood/exports/7?fields=id,name,extension,size',
      '/v1/hood/exports/7/download',
    ])
  })

  test('stays in its directory, whatever the export is called', async () => {
    const { client, item } = arrange(buildItem({ id: '7', name: '../../etc/passwd', extension: '../csv' }))
    const { path } = await saveExport(client, item, { directory })
    expect(path).toBe(join(directory, '__.._etc_passwd._csv'))
  })

  test('refuses a file that exists before anything is sent', async () => {
    const { client, item, standIn } = arrange()
    await writeFile(join(directory, 'Weekly.csv'), 'mine')
    const { error } = await toResult(saveExport(client, item, { directory }))
    expect(error).toMatchObject({
      kind: 'file',
      code: 'EEXIST',
      message: expect.stringContaining("ifExists 'overwrite', 'rename' or 'skip'"),
    })
    expect(standIn.requests).toHaveLength(0)
    expect(await readFile(join(directory, 'Weekly.csv'), 'utf8')).toBe('mine')
  })

  test('refuses a file that appears meanwhile', async () => {
    const { client, item } = arrange()
    const call = saveExport(client, item, {
      directory,
      onProgress: () => void writeFile(join(directory, 'Weekly.csv'), 'mine'),
    })
    expect((await toResult(call)).error?.kind).toBe('file')
    expect(await readdir(directory)).toEqual(['Weekly.csv'])
  })

  test('overwrites when asked to', async () => {
    const { client, item } = arrange()
    await writeFile(join(directory, 'Weekly.csv'), 'old')
    await saveExport(client, item, { directory, ifExists: 'overwrite' })
    expect(await readFile(join(directory, 'Weekly.csv'), 'utf8')).toBe(FILE)
  })

  test('takes a file that exists for the export when asked to, and sends nothing', async () => {
    const { client, item, standIn } = arrange()
    await writeFile(join(directory, 'Weekly.csv'), 'mine')
    const saved = await saveExport(client, item, { directory, ifExists: 'skip' })
    const sha256 = createHash('sha256').update('mine').digest('hex')
    expect(saved).toMatchObject({ outcome: 'skipped', bytes: 4, sha256, sizeCheck: 'differs' })
    expect(standIn.requests).toHaveLength(0)
  })

  test('takes a file that appears meanwhile for the export when asked to', async () => {
    const { client, item } = arrange()
    const onProgress = () => writeFileSync(join(directory, 'Weekly.csv'), 'mine')
    const saved = await saveExport(client, item, { directory, ifExists: 'skip', onProgress })
    expect([saved.outcome, await readdir(directory)]).toEqual(['skipped', ['Weekly.csv']])
    expect(await readFile(join(directory, 'Weekly.csv'), 'utf8')).toBe('mine')
  })

  test('a directory that has the name is no file to be taken for the export', async () => {
    const { client, item } = arrange()
    await mkdir(join(directory, 'Weekly.csv'))
    const { error } = await toResult(saveExport(client, item, { directory, ifExists: 'skip' }))
    expect(error).toMatchObject({ kind: 'file', code: 'EEXIST' })
  })

  test('saves beside it when asked to, also many at once', async () => {
    const { client, item } = arrange()
    const saved = await Promise.all(
      Array.from({ length: 4 }, () => saveExport(client, item, { directory, ifExists: 'rename' })),
    )
    expect(saved.map(({ path }) => path).toSorted()).toEqual(
      ['Weekly (2).csv', 'Weekly (3).csv', 'Weekly (4).csv', 'Weekly.csv'].map((name) => join(directory, name)),
    )
  })

  test.each<[string, Scenario]>([
    ['a 404', { kind: 'status', status: 404 }],
    ['no connection', { kind: 'network' }],
  ])('%s leaves nothing behind', async (_title, scenario) => {
    const { client, item, standIn } = arrange()
    standIn.next(scenario)
    expect((await toResult(saveExport(client, item, { directory }))).error).toBeDefined()
    expect(await readdir(directory)).toEqual([])
  })

  test('a connection that breaks off in the middle is made again, and the file is whole', async () => {
    const { client, item, standIn } = arrange()
    standIn.next({ kind: 'cut-body', bytes: 5 }, { kind: 'cut-body', bytes: 2 })
    const { path, bytes, sha256 } = await saveExport(client, item, { directory, maxRetries: 2 })
    expect(await readFile(path, 'utf8')).toBe(FILE)
    expect({ bytes, sha256 }).toEqual({ bytes: BYTES, sha256: createHash('sha256').update(FILE).digest('hex') })
  })

  test('a connection that breaks off again and again is an error, and leaves nothing behind', async () => {
    const { client, item, standIn } = arrange()
    standIn.next({ kind: 'cut-body', bytes: 5 }, { kind: 'cut-body', bytes: 5 })
    const call = toResult(saveExport(client, item, { directory, maxRetries: 1 }))
    expect((await call).error?.kind).toBe('network')
    expect(await readdir(directory)).toEqual([])
  })

  test('an abort leaves nothing behind', async () => {
    const { client, item, standIn } = arrange()
    standIn.next({ kind: 'stalled-body', bytes: 3 })
    const abort = new AbortController()
    const call = toResult(
      saveExport(client, item, { directory, signal: abort.signal, onProgress: () => abort.abort() }),
    )
    expect((await call).error?.kind).toBe('aborted')
    expect(await readdir(directory)).toEqual([])
  })

  test('a link in its way is no way out: it is refused, or replaced itself', async () => {
    const { client, item, standIn } = arrange()
    const target = join(directory, 'elsewhere')
    await symlink(target, join(directory, 'Weekly.csv'))
    expect((await toResult(saveExport(client, item, { directory }))).error?.kind).toBe('file')
    expect(standIn.requests).toHaveLength(0)
    await saveExport(client, item, { directory, ifExists: 'overwrite' })
    expect(await readdir(directory)).toEqual(['Weekly.csv'])
    expect(await readFile(join(directory, 'Weekly.csv'), 'utf8')).toBe(FILE)
  })

  test('of two that may not replace, one is saved, and the other fails', async () => {
    const { client, item } = arrange()
    const saves = await Promise.all([1, 2].map(() => toResult(saveExport(client, item, { directory }))))
    expect(saves.filter(({ error }) => error?.kind === 'file')).toHaveLength(1)
    expect(await readdir(directory)).toEqual(['Weekly.csv'])
  })

  const isWindows = process.platform === 'win32'
  test.skipIf(isWindows)(
    `a disk that takes no more is named, and nothing is left behind${isWindows ? ' (skipped: no ulimit here)' : ''}`,
    async () => {
      const program = `
        import { createExportsClient } from ${JSON.stringify(import.meta.resolve('../index.ts'))}
        import { saveExport } from ${JSON.stringify(import.meta.resolve('./index.ts'))}
        const fetch = async () => new Response('x'.repeat(100_000))
        const client = createExportsClient({ token: 'any', fetch })
        await saveExport(client, { id: '7', name: 'Big', extension: 'csv' }, { directory: ${JSON.stringify(directory)} })
          .catch(({ kind, message, cause }) => console.log(kind, cause.code, message))`
      // A limit on the size of files is the one disk error that needs neither a disk nor a right.
      const shell = 'trap "" XFSZ; ulimit -f 8; exec "$0" --input-type=module --eval "$1"'
      const { stdout } = await promisify(execFile)('sh', ['-c', shell, process.execPath, program])
      expect(stdout).toBe(
        `file EFBIG "${join(directory, 'Big.csv')}" cannot be written: the file is larger than allowed here\n`,
      )
      expect(await readdir(directory)).toEqual([])
    },
  )

  test('another size than the item says is reported, and fails only when asked to', async () => {
    const { client } = arrange()
    const item = buildItem({ id: '7', name: 'Weekly', extension: 'csv', size: 3 })
    expect(await saveExport(client, item, { directory })).toMatchObject({ sizeCheck: 'differs' })
    const call = saveExport(client, item, { directory, ifExists: 'rename', onSizeMismatch: 'fail' })
    expect((await toResult(call)).error).toMatchObject({
      kind: 'size-mismatch',
      message: `The export 7 has ${BYTES} bytes, but its size is 3: it was not kept`,
    })
    expect(await readdir(directory)).toEqual(['Weekly.csv'])
  })

  test('a directory that does not exist is named, before anything is sent', async () => {
    const { client, item, standIn } = arrange()
    const { error } = await toResult(saveExport(client, item, { directory: join(directory, 'nope') }))
    expect(error).toMatchObject({
      kind: 'file',
      code: 'ENOENT',
      message: expect.stringContaining('nope" cannot be written to'),
    })
    expect(error?.message).toContain('create it first')
    expect(standIn.requests).toHaveLength(0)
  })

  test('a directory that is a file is named', async () => {
    const { client, item } = arrange()
    await writeFile(join(directory, 'file'), '')
    const { error } = await toResult(saveExport(client, item, { directory: join(directory, 'file') }))
    expect(error).toMatchObject({
      kind: 'file',
      code: 'ENOTDIR',
      message: expect.stringContaining('it is not a directory'),
    })
  })

  test.each<[string, object, string]>([
    ['a way to treat files', { ifExists: 'replace' }, 'ifExists: "replace" is not one of fail, overwrite, rename'],
    ['a directory', { directory: 7 }, 'directory: 7 is not a string'],
    ['an option', { overwrite: true }, '"overwrite" is not an option. Allowed: signal'],
  ])('%s that is none is refused before anything is sent', async (_title, options, message) => {
    const { client, item, standIn } = arrange()
    const { error } = await toResult(saveExport(client, item, options))
    expect(error).toMatchObject({ kind: 'invalid-options', message: expect.stringContaining(message) })
    expect(standIn.requests).toHaveLength(0)
  })

  test.each(['../evil.csv', 'a/b.csv', 'con.txt', 'a\u0000b', '', 'dot.'])(
    'a file name from the caller is refused, not changed: %j',
    async (fileName) => {
      const { client, item } = arrange()
      const { error } = await toResult(saveExport(client, item, { directory, fileName }))
      expect(error).toMatchObject({ kind: 'invalid-options', value: fileName })
    },
  )
})
