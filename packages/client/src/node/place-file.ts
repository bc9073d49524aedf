import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './file-error.ts'

export interface PlaceFileOptions {
  /** Where the whole file is, on the file system of `path`. */
  readonly staged: string
  /** The name that it gets. */
  readonly path: string
  /**
   * Asked when a file has the name already: the name to try next, which may be the same once that file was moved away;
   * `undefined` when the file that is there will do.
   */
  readonly onTaken: (path: string) => Promise<string | undefined>
}

/**
 * Gives a whole file its name, and makes the name durable. Nothing that is there is overwritten, also when another
 * process takes the name at the same moment.
 * @returns the name.
 */
export async function placeFile({ staged, path, onTaken }: PlaceFileOptions): Promise<string> {
  let name = path
  while (!(await claim(staged, name))) {
    const next = await onTaken(name)
    if (next === undefined) break
    name = next
  }
  // The name is made durable before the other one is given up.
  await flushDirectory(dirname(name))
  await rm(staged, { force: true })
  return name
}

/** A second name for the file; false when it is taken. */
async function claim(staged: string, path: string): Promise<boolean> {
  try {
    await link(staged, path)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!NO_LINKS.includes(codeOf(error) ?? '')) throw error
  }
  // A file system without links: an empty file takes the name first.
  const taken = await open(path, 'wx').catch((error: unknown) => {
    if (codeOf(error) === 'EEXIST') return undefined
    throw error
  })
  await taken?.close()
  if (taken) await rename(staged, path)
  return taken !== undefined
}

const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL']

/** A name is as durable as its directory. Not every system can flush one. */
export async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory).catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
