import { rm, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ExportsClient } from '../../client.ts'
import { ExportsError, isExportsError } from '../../errors.ts'
import { fileError } from '../file-error.ts'
import { safeFileName } from '../safe-file-name.ts'
import { saveExport } from '../save-export.ts'
import type { SavedExport } from '../save-export.ts'
import type { SavedEntry } from './announce.ts'
import { isIntact } from './check-files.ts'
import type { PlacedFile, Store } from './destination.ts'
import type { Entry } from './entry.ts'
import type { FileNames } from './file-names.ts'
import { wrongFile } from './judge-file.ts'
import type { Manifest } from './manifest.ts'
import type { OnMirrorEvent } from './mirror-event.ts'
import { stagedName } from './staging.ts'

export interface FetchFileOptions {
  readonly store: Store
  readonly manifest: Manifest
  readonly namesOf: FileNames
  readonly signal: AbortSignal | undefined
  /** Milliseconds since the epoch. */
  readonly wallNow: () => number
  /** What other than the announced size means, when it came twice. Its unit is not documented. */
  readonly mismatch: 'possible' | 'wrong'
  /** Milliseconds of silence within a file. Default: the client's. */
  readonly idleTimeoutMs: number | undefined
  readonly onEvent: OnMirrorEvent
  /** What becomes of the file of an export that was made again. */
  readonly versions: 'replace' | 'keep'
  /** What becomes of a file that is not taken for the export's: it may be another one at the next try. */
  readonly doubtful: 'drop' | 'keep-aside'
}

/** What came of a download. */
export type Fetched =
  | { readonly kind: 'saved'; readonly entry: SavedEntry; readonly placed: PlacedFile }
  /** The export was made again, and has the bytes that were there already. */
  | { readonly kind: 'unchanged' }

/** Downloads beside the destination, and gives the file its name when it is whole. Each step is remembered before it. */
export async function fetchFile(
  client: Pick<ExportsClient, 'get' | 'download'>,
  entry: Entry,
  options: FetchFileOptions,
): Promise<Fetched> {
  const { store, manifest, wallNow, versions } = options
  const { item } = entry
  const before = entry.sha256 !== null && (await isIntact(store, entry, manifest)) ? entry.sha256 : undefined
  const known = entry.sha256 === null ? await recognise(entry, options) : undefined
  if (known !== undefined) return { kind: 'saved', entry: known, placed: {} }
  const { path: staged, bytes, sha256 } = await download(client, item, options)
  try {
    if (sha256 === before) {
      await rm(staged, { force: true })
      manifest.setVainUpdates(manifest.vainUpdates() + 1)
      manifest.put({ ...entry, state: 'saved', announced: true, reason: null })
      return { kind: 'unchanged' }
    }
    if (before !== undefined) manifest.setVainUpdates(0)
    // The file's own stat, before anything else can reach it: a change from now on is noticed.
    const { mtimeMs: stamp } = await stat(staged)
    const moving = await beginMove(
      { ...entry, bytes, sha256, stamp, state: 'moving', announced: false },
      entry.sha256 !== null,
      options,
    ).catch(async (error: unknown) => {
      // Nothing remembers the file, so no run would take it: it would only keep a full disk full.
      await rm(staged, { force: true })
      throw error
    })
    const placed = await store.place({ staged, file: moving.file, item, bytes, sha256, before, versions })
    const saved: SavedEntry = {
      ...moving,
      stamp: placed.stamp ?? stamp,
      state: 'saved',
      savedAtMs: wallNow(),
      reason: null,
    }
    manifest.put(saved)
    return { kind: 'saved', entry: saved, placed }
  } catch (error) {
    if (isExportsError(error) || !(error instanceof Error) || !('syscall' in error)) throw error
    throw fileError(`${JSON.stringify(item.name)} cannot be put into its place`, entry.file ?? item.id, error)
  }
}

/** A file of this very version that a run has left which could not remember it. */
async function recognise(entry: Entry, options: FetchFileOptions): Promise<SavedEntry | undefined> {
  const { store, manifest, wallNow } = options
  if (store.recognise === undefined) return undefined
  let free = 0
  for (const file of namesFrom(entry.file, entry.item, options)) {
    const found = await store.recognise(file, entry.item)
    if (found !== undefined) {
      const owner = ownerBeside(entry, file, manifest)
      if (owner !== undefined) manifest.put({ ...owner, file: null })
      const saved: SavedEntry = { ...entry, ...found, file, state: 'saved', savedAtMs: wallNow(), announced: false }
      manifest.put(saved)
      return saved
    }
    free = (await store.stat(file)) === undefined ? free + 1 : 0
    if (free === MOST_FREE) return undefined
  }
  return undefined
}

async function download(
  client: Pick<ExportsClient, 'get' | 'download'>,
  item: Entry['item'],
  options: FetchFileOptions,
): Promise<SavedExport> {
  const { id, name, size } = item
  const first = await stage(client, item, options)
  if (first.sizeCheck !== 'differs') return first
  const second = await stage(client, item, options)
  if (second.sha256 !== first.sha256) {
    throw new ExportsError('invalid-response', `Two downloads of ${name ?? id} had different bytes: neither was kept`)
  }
  if (options.mismatch === 'wrong' && second.sizeCheck === 'differs') {
    const { outcome, path } = await putAside(second, item, { ...options, doubtful: 'keep-aside' })
    throw new ExportsError(
      'size-mismatch',
      `The file has ${second.bytes} bytes, and the API announces ${String(size)}: ${outcome}`,
      { id, bytes: second.bytes, expectedBytes: Number(size), path },
    )
  }
  return second
}

interface Aside {
  /** What became of the file, for messages. */
  readonly outcome: string
  readonly path: string | undefined
}

async function putAside(
  { path: staged }: Pick<SavedExport, 'path'>,
  item: Entry['item'],
  { store, namesOf, doubtful }: FetchFileOptions,
): Promise<Aside> {
  if (doubtful === 'keep-aside' && store.keepAside !== undefined) {
    const name = `${safeFileName(item.id)}-${basename(namesOf(item).next().value)}`
    const path = await store.keepAside(staged, safeFileName(name))
    return { outcome: `it was kept aside, as "${path}"`, path }
  }
  await rm(staged, { force: true })
  return { outcome: 'it was not kept', path: undefined }
}

/** One download, to its end, and looked at. */
async function stage(
  client: Pick<ExportsClient, 'get' | 'download'>,
  item: Entry['item'],
  options: FetchFileOptions,
): Promise<SavedExport> {
  const { store, signal, idleTimeoutMs, onEvent } = options
  const { id } = item
  const saved = await saveExport(client, item, {
    directory: store.staging,
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
  const { outcome, path } = await putAside(saved, item, options)
  throw new ExportsError('invalid-response', `${wrong}: ${outcome}`, { id, path })
}

/** An entry whose file has arrived. */
type Whole = Entry & { readonly bytes: number; readonly sha256: string }

/**
 * Chooses the name and remembers it. A file that is not ours keeps its own; one with the very same bytes is this
 * export's, from before the manifest was lost.
 */
async function beginMove(entry: Whole, hasFile: boolean, options: FetchFileOptions): Promise<SavedEntry> {
  const { store, manifest } = options
  const found = hasFile ? undefined : await lostFile(entry, options)
  for (const file of namesFrom(found ?? entry.file, entry.item, options)) {
    const isOurs = hasFile && file === entry.file
    if (!isOurs) {
      if (!(await isFree(store, file, entry))) continue
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
function ownerBeside({ item }: Entry, file: string, manifest: Manifest): Entry | undefined {
  const id = manifest.ownerOf(file)
  return id === undefined || id === item.id ? undefined : manifest.get(id)
}

/** A file that the manifest does not have. Names before its own may be free again since. */
async function lostFile(entry: Whole, { store, namesOf }: FetchFileOptions): Promise<string | undefined> {
  let free = 0
  for (const file of namesOf(entry.item)) {
    if ((await store.stat(file)) !== undefined) {
      if (await hasContent(store, file, entry)) return file
      free = 0
    } else free += 1
    if (free === MOST_FREE) return undefined
  }
  return undefined
}

/** Free names in a row, behind which there is no file any more. */
const MOST_FREE = 4

function* namesFrom(
  first: string | null,
  item: Entry['item'],
  { namesOf }: FetchFileOptions,
): Generator<string, never, undefined> {
  if (first !== null) yield first
  return yield* namesOf(item)
}

async function isFree(store: Store, file: string, content: Whole): Promise<boolean> {
  return (await store.stat(file)) === undefined || hasContent(store, file, content)
}

/** Many exports may have one name: only a file of the right size is read. */
async function hasContent(store: Store, file: string, { bytes, sha256 }: Whole): Promise<boolean> {
  return (await store.stat(file))?.bytes === bytes && (await store.hash(file)) === sha256
}
