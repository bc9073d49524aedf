import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ExportsError } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { saveExport } from '@hood-exports/client/node'
import type { SavedExport } from '@hood-exports/client/node'
import { CommandError } from '../command-error.ts'
import type { Entry } from './entry.ts'
import { fileNamesOf } from './file-names.ts'
import { isIntact } from './check-files.ts'
import { wrongFile } from './judge-file.ts'
import type { Manifest } from './manifest.ts'
import { hashOf, isThere, place, stagedName, stagingFolder, statOf } from './staging.ts'
import type { OnSyncEvent } from './sync-event.ts'

export interface FetchFileOptions {
  readonly directory: string
  readonly manifest: Manifest
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly wallNow: () => number
  readonly sizes: SizeJudge
  /** Milliseconds of silence within a file. Default: the client's. */
  readonly idleTimeoutMs: number | undefined
  readonly onEvent: OnSyncEvent
}

/** What is known about the sizes that the API announces. Their unit is not documented. */
export interface SizeJudge {
  /** What other than the announced size means, when it came twice. */
  readonly mismatch: 'possible' | 'wrong'
}

/** Downloads beside the folder, and gives the file its name when it is whole. Each step is remembered before it. */
export async function fetchFile(client: ExportsClient, entry: Entry, options: FetchFileOptions): Promise<Fetched> {
  const { directory, manifest, wallNow, onEvent } = options
  const { item } = entry
  const before = entry.sha256 !== null && (await isIntact(directory, entry, manifest)) ? entry.sha256 : undefined
  const { path: staged, bytes, sha256, sizeCheck } = await download(client, item, options)
  try {
    if (sha256 === before) {
      // It was made again, and is what it was.
      await rm(staged, { force: true })
      manifest.setVainUpdates(manifest.vainUpdates() + 1)
      manifest.put({ ...entry, state: 'saved', announced: true, reason: null })
      return { kind: 'unchanged', bytes }
    }
    if (before !== undefined) manifest.setVainUpdates(0)
    // The file's own stat, before anything else can reach it: a change from now on is noticed.
    const { mtimeMs = null } = (await statOf(staged)) ?? {}
    const moving = await beginMove(
      { ...entry, bytes, sha256, mtimeMs, state: 'moving', announced: false },
      entry.sha256 !== null,
      options,
    ).catch(async (error: unknown) => {
      // Nothing remembers the file, so no run would take it: it would only keep a full disk full.
      await rm(staged, { force: true })
      throw error
    })
    const { file } = moving
    const setAside = await place({ staged, directory, file, sha256, replaces: before })
    const saved = { ...moving, state: 'saved', savedAtMs: wallNow(), reason: null } as const
    manifest.put(saved)
    await onEvent({ type: 'saved', id: item.id, file, bytes, sha256, sizeCheck, setAside })
    // Only now: a run that was killed before is announced by the next one.
    manifest.put({ ...saved, announced: true })
    return { kind: 'saved', bytes }
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error) || ('code' in error && error.code === 'EPIPE')) throw error
    throw new CommandError('folder', `${JSON.stringify(item.name)} cannot be put into the folder: ${error.message}`, {
      cause: error,
    })
  }
}

/** What came of a download. */
export interface Fetched {
  /** `unchanged`: the export was made again, and has the bytes that the folder had already. */
  readonly kind: 'saved' | 'unchanged'
  readonly bytes: number
}

async function download(client: ExportsClient, item: Entry['item'], options: FetchFileOptions): Promise<SavedExport> {
  const { sizes } = options
  const { id, name, size } = item
  const first = await stage(client, item, options)
  if (first.sizeCheck !== 'differs') return first
  const second = await stage(client, item, options)
  if (second.sha256 !== first.sha256) {
    throw new ExportsError('invalid-response', `Two downloads of ${name ?? id} had different bytes: neither was kept`)
  }
  if (sizes.mismatch === 'wrong' && second.sizeCheck === 'differs') {
    throw new ExportsError(
      'size-mismatch',
      `The file has ${second.bytes} bytes, and the API announces ${String(size)}: it was not kept`,
      { id, bytes: second.bytes, expectedBytes: Number(size) },
    )
  }
  return second
}

/** One download, to its end, and looked at. */
async function stage(client: ExportsClient, item: Entry['item'], options: FetchFileOptions): Promise<SavedExport> {
  const { directory, signal, idleTimeoutMs, onEvent } = options
  const { id } = item
  const saved = await saveExport(client, item, {
    directory: stagingFolder(directory),
    fileName: stagedName(id),
    ifExists: 'overwrite',
    signal,
    idleTimeoutMs,
    // One that breaks off goes on once; when else the run tries again, depends on the other downloads, too.
    maxRetries: 1,
    onProgress: ({ bytes, expectedBytes }) => void onEvent({ type: 'progress', id, bytes, expectedBytes }),
  })
  const wrong = await wrongFile(saved, item)
  if (wrong === undefined) return saved
  await rm(saved.path, { force: true })
  throw new ExportsError('invalid-response', `${wrong}: it was not kept`, { id })
}

/** An entry whose file has arrived. */
type Whole = Entry & { readonly bytes: number; readonly sha256: string }

/**
 * Chooses the name and remembers it. A file that is not ours keeps its own; one with the very same bytes is this
 * export's, from before the manifest was lost.
 */
async function beginMove(
  entry: Whole,
  hasFile: boolean,
  { directory, manifest }: FetchFileOptions,
): Promise<Entry & { readonly file: string }> {
  const { item } = entry
  const found = hasFile ? undefined : await lostFile(directory, entry)
  for (const file of namesFrom(found ?? entry.file, item)) {
    const isOurs = hasFile && file === entry.file
    if (!isOurs) {
      if (!(await isFree(join(directory, file), entry))) continue
      // Asked after the waiting, and taken in the same moment.
      const owner = ownerBeside(entry, file, manifest)
      if (owner !== undefined && file !== found) continue
      if (owner?.file === file) {
        if (owner.state !== 'wanted' || owner.sha256 !== null) continue
        // For the other export the name is only kept; this one's file has it.
        manifest.put({ ...owner, file: null })
      }
      // Else the names differ in case alone, and this file system tells them apart: both are there.
    }
    const moving = { ...entry, file }
    manifest.put(moving)
    return moving
  }
  throw new Error('names never end')
}

/** Another export that has the name, or one that some file system takes for the same. */
function ownerBeside({ item }: Whole, file: string, manifest: Manifest): Entry | undefined {
  const id = manifest.ownerOf(file)
  return id === undefined || id === item.id ? undefined : manifest.get(id)
}

/** A file that the manifest does not have. Names before its own may be free again since. */
async function lostFile(directory: string, entry: Whole): Promise<string | undefined> {
  let free = 0
  for (const file of fileNamesOf(entry.item)) {
    const path = join(directory, file)
    if (await isThere(path)) {
      if (await hasContent(path, entry)) return file
      free = 0
    } else free += 1
    if (free === MOST_FREE) return undefined
  }
  return undefined
}

/** Free names in a row, behind which there is no file any more. */
const MOST_FREE = 4

function* namesFrom(first: string | null, item: Entry['item']): Generator<string, never, undefined> {
  if (first !== null) yield first
  return yield* fileNamesOf(item)
}

async function isFree(path: string, content: Whole): Promise<boolean> {
  return !(await isThere(path)) || hasContent(path, content)
}

/** Many exports may have one name: only a file of the right size is read. */
async function hasContent(path: string, { bytes, sha256 }: Whole): Promise<boolean> {
  return (await statOf(path))?.bytes === bytes && (await hashOf(path)) === sha256
}
