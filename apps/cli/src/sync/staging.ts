import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, rename, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { placeFile, safeFileName } from '@hood-exports/client/node'
import { MANIFEST_FOLDER } from './open-manifest.ts'

/** Where files wait until they are whole. On the same file system as the folder, so that a name is all they need. */
export function stagingFolder(directory: string): string {
  return join(directory, MANIFEST_FOLDER, 'staging')
}

/** Where the file of an export waits. Ids come from the network. */
export function stagedName(id: string): string {
  return safeFileName(id, 'staged')
}

/** Removes what a run that was killed has left there. */
export async function emptyStaging(directory: string): Promise<void> {
  const folder = stagingFolder(directory)
  for (const name of await readdir(folder)) await rm(join(folder, name), { force: true, recursive: true })
}

/** The SHA-256 of a file in hexadecimal; undefined when there is no file. */
export async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch (error) {
    if (isMissing(error) || codeOf(error) === 'EISDIR') return undefined
    throw error
  }
}

export interface PlaceOptions {
  /** The whole file. */
  readonly staged: string
  readonly directory: string
  /** Its name there. */
  readonly file: string
  /** Its checksum, in hexadecimal. */
  readonly sha256: string
  /** The checksum of an older version of the file, which it may replace. */
  readonly replaces?: string | undefined
}

/**
 * Gives a whole file its name in the folder. Nothing is overwritten but an older version: what has other bytes is renamed.
 * @returns the new name of what stood in the way.
 */
export async function place({ staged, directory, file, sha256, replaces }: PlaceOptions): Promise<string | undefined> {
  const path = join(directory, file)
  let setAside: string | undefined
  await placeFile({
    staged,
    path,
    async onTaken() {
      const found = await hashOf(path)
      if (found === sha256) return undefined
      if (found !== undefined && found === replaces) {
        await rename(staged, path)
        return undefined
      }
      setAside = await freeName(directory, file)
      await rename(path, join(directory, setAside))
      return path
    },
  })
  return setAside
}

async function freeName(directory: string, file: string): Promise<string> {
  const extension = extname(file)
  const stem = file.slice(0, file.length - extension.length)
  for (let number = 1; ; number += 1) {
    const name = `${stem} (changed${number === 1 ? '' : ` ${number}`})${extension}`
    if (!(await isThere(join(directory, name)))) return name
  }
}

/** Size and time of a file; undefined when it is not there. */
export async function statOf(path: string): Promise<{ readonly bytes: number; readonly mtimeMs: number } | undefined> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { bytes: size, mtimeMs }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether a name is taken, be it by a link that leads nowhere. */
export async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false
      throw error
    },
  )
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error) ?? '')
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
