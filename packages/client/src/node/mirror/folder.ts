import { existsSync, mkdirSync } from 'node:fs'
import { lstat, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { ExportsError } from '../../errors.ts'
import { codeOf } from '../file-error.ts'
import { placeFile } from '../place-file.ts'
import { asideNames } from './aside-names.ts'
import type { Destination, FileFacts, OpenOptions, PlacedFile, StagedFile, Store } from './destination.ts'
import { hashFile, isMissing } from '../hash-file.ts'
import { isBusy, loadSqlite } from '../sqlite.ts'

const OWN_FOLDER = '.hood-exports'

/**
 * A folder, made when it is not there. What a mirror keeps for itself is in `.hood-exports` in it: the manifest, which
 * others can read at all times, the lock, which ends with the process, and files on their way.
 */
export function folder(path: string): Destination {
  const directory = resolve(path)
  return { name: directory, open: (options) => openFolder(directory, options) }
}

async function openFolder(directory: string, { mode, state }: OpenOptions): Promise<Store> {
  const own = join(directory, OWN_FOLDER)
  const manifestFile = state === undefined ? join(own, 'manifest.sqlite') : resolve(state)
  const staging = join(own, 'staging')
  let unlock = (): void => undefined
  if (mode === 'run') {
    makeFolders(directory, [staging, dirname(manifestFile)])
    unlock = lock(directory, join(own, 'lock'))
  }
  return {
    manifestFile,
    staging,
    stat: (file) => factsOf(join(directory, file)),
    hash: (file) => hashFile(join(directory, file)),
    place: (file) => place(directory, file),
    remove: (file) => rm(join(directory, file)),
    keepAside: async (staged, name) => {
      const path = join(own, 'doubtful', name)
      ensureFolder(dirname(path))
      await rename(staged, path)
      return path
    },
    checkpoint: async () => {},
    close: async () => unlock(),
  }
}

function makeFolders(directory: string, folders: readonly string[]): void {
  try {
    folders.forEach(ensureFolder)
  } catch (error) {
    throw new ExportsError(
      'file',
      `The folder "${directory}" cannot be written to (${(error as Error).message}): give another one, or permission`,
      { code: codeOf(error) ?? 'UNKNOWN', path: directory, cause: error },
    )
  }
}

/** Not Node's `recursive`, which tells a wrong reason where nothing can be written, and does not end in `/proc`. */
function ensureFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(path))) throw error
    ensureFolder(dirname(path))
    mkdirSync(path)
  }
}

/** @returns what gives the lock back; the end of the process does as well, however it ends */
function lock(directory: string, file: string): () => void {
  const { DatabaseSync } = loadSqlite('mirror')
  let database: InstanceType<typeof DatabaseSync> | undefined
  try {
    database = new DatabaseSync(file)
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    return database.close.bind(database)
  } catch (error) {
    database?.close()
    const facts = { path: directory, cause: error }
    if (isBusy(error)) {
      const message = `Another sync works on "${directory}": wait for its end, or give another folder`
      throw new ExportsError('file', message, { code: 'LOCKED', ...facts })
    }
    throw new ExportsError('file', `The folder "${directory}" cannot be used: ${(error as Error).message}`, {
      code: codeOf(error) ?? 'UNKNOWN',
      ...facts,
    })
  }
}

/** What has other bytes is renamed. */
async function place(directory: string, { staged, file, sha256, before, versions }: StagedFile): Promise<PlacedFile> {
  const path = join(directory, file)
  ensureFolder(dirname(path))
  const placed: { setAside?: string; keptAs?: string } = {}
  await placeFile({
    staged,
    path,
    async onTaken() {
      const found = await hashFile(path)
      if (found === sha256) return undefined
      const isBefore = found !== undefined && found === before
      if (isBefore && versions !== 'keep') {
        await rename(staged, path)
        return undefined
      }
      const name = await freeName(directory, file, isBefore ? 'before' : 'changed')
      await rename(path, join(directory, name))
      placed[isBefore ? 'keptAs' : 'setAside'] = name
      return path
    },
  })
  return placed
}

async function freeName(directory: string, file: string, why: 'before' | 'changed'): Promise<string> {
  for (const name of asideNames(file, why)) {
    if ((await factsOf(join(directory, name))) === undefined) return name
  }
  throw new Error('names never end')
}

/** A link that leads nowhere has facts of its own. */
async function factsOf(path: string): Promise<FileFacts | undefined> {
  try {
    const { size, mtimeMs } = await stat(path).catch(async (error: unknown) => {
      if (isMissing(error)) return lstat(path)
      throw error
    })
    return { bytes: size, stamp: mtimeMs }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
