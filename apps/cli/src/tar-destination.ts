import { createReadStream, existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ExportsError, parseTimestamp } from '@hood-exports/client'
import type { Destination, StagedFile, Store } from '@hood-exports/client/node'
import { pack as createPack } from 'tar-stream'

/**
 * A tar archive, written as files arrive. What it holds is remembered, in the file that `state` names, only when its end
 * has been taken: an archive that was cut off is given again by the next run.
 * @param write resolves when the bytes were taken
 */
export function tarDestination(write: (bytes: Uint8Array) => Promise<void>): Destination {
  return { name: 'standard output', open: ({ mode, state }) => openTar(write, mode, state) }
}

async function openTar(
  write: (bytes: Uint8Array) => Promise<void>,
  mode: 'run' | 'plan',
  state: string | undefined,
): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'hood-exports-'))
  const staging = join(folder, 'staging')
  const manifestFile = join(folder, 'manifest.sqlite')
  await mkdir(staging)
  if (state !== undefined && existsSync(state)) await copyFile(state, manifestFile)
  const pack = createPack()
  const pump = async (): Promise<void> => {
    for await (const chunk of pack as AsyncIterable<Uint8Array>) await write(chunk)
  }
  const pumped = mode === 'run' ? pump() : Promise.resolve()
  // Looked at by each file, and at the end.
  pumped.catch(() => undefined)
  let last: Promise<void> = Promise.resolve()
  let isCut = false

  /** After a failure within a file the archive has no end. */
  async function add({ staged, file, item, bytes }: StagedFile): Promise<void> {
    if (isCut) throw cut()
    try {
      const entry = pack.entry({ name: file, size: bytes, mtime: timeOf(item.create_time) })
      await Promise.race([pipeline(createReadStream(staged), entry), pumped])
    } catch (error) {
      isCut = true
      pack.destroy()
      throw cut(error)
    }
    await rm(staged, { force: true })
  }

  return {
    manifestFile,
    staging,
    // What is in an archive is out of reach.
    stat: async () => undefined,
    hash: async () => undefined,
    async place(file) {
      const before = last
      const added = before.then(() => add(file))
      last = added.catch(() => undefined)
      await added
      return {}
    },
    remove: async () => {},
    checkpoint: async () => {},
    async close(end) {
      try {
        if (mode === 'plan' || isCut || end === 'broken') {
          pack.destroy()
          return
        }
        pack.finalize()
        await pumped.catch((error: unknown) => {
          throw cut(error)
        })
        if (state !== undefined) await putInto(resolve(state), manifestFile)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

function cut(cause?: unknown): ExportsError<'file'> {
  const why = cause instanceof Error ? ` (${cause.message})` : ''
  const message = `The archive was cut off${why}: what it has is no whole archive, and the next run gives all of it again`
  return new ExportsError('file', message, { code: 'CUT_OFF', path: '-', cause })
}

/** The whole file or the old one: what is read meanwhile is never half of it. */
async function putInto(state: string, file: string): Promise<void> {
  await mkdir(dirname(state), { recursive: true })
  const beside = `${state}.new`
  await copyFile(file, beside)
  await rename(beside, state)
}

/** What the API sends as a time need not be one. */
function timeOf(text: string): Date {
  try {
    return parseTimestamp(text)
  } catch {
    return new Date(0)
  }
}
