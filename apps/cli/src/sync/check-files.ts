import { join } from 'node:path'
import { isExpected } from '../command-error.ts'
import type { Entry } from './entry.ts'
import type { Manifest } from './manifest.ts'
import type { OnSyncEvent } from './sync-event.ts'
import { emptyStaging, hashOf, place, stagedName, stagingFolder, statOf } from './staging.ts'

/** Ends what a killed run had begun: files that were whole get their names and are announced, the rest is fetched again. */
export async function recover(directory: string, manifest: Manifest, onEvent: OnSyncEvent): Promise<void> {
  for (const entry of manifest.inState('moving')) {
    const { item, file, sha256 } = entry
    if (file === null || sha256 === null) continue
    const staged = join(stagingFolder(directory), stagedName(item.id))
    if ((await hashOf(staged)) === sha256) await place({ staged, directory, file, sha256 })
    const isThere = (await hashOf(join(directory, file))) === sha256
    manifest.put(
      isThere
        ? { ...entry, state: 'saved', savedAtMs: entry.mtimeMs }
        : { ...entry, state: 'wanted', bytes: null, sha256: null },
    )
  }
  await emptyStaging(directory)
  for (const entry of manifest.unannounced()) {
    const { item, file, bytes, sha256 } = entry
    if (file === null || bytes === null || sha256 === null) continue
    const sizeCheck = item.size === null ? 'unknown' : item.size === bytes ? 'matches' : 'differs'
    try {
      await onEvent({ type: 'saved', id: item.id, file, bytes, sha256, sizeCheck })
      manifest.put({ ...entry, announced: true })
    } catch (error) {
      if (!isExpected(error)) throw error
      await onEvent({ type: 'failed', id: item.id, error })
    }
  }
}

/**
 * Whether the file of a saved export is as it was left. One that was only touched is read once, and its time is noted.
 */
export async function isIntact(directory: string, entry: Entry, manifest: Manifest): Promise<boolean> {
  const { file, bytes, mtimeMs, sha256 } = entry
  if (file === null) return false
  const path = join(directory, file)
  const found = await statOf(path)
  if (found === undefined || found.bytes !== bytes) return false
  if (found.mtimeMs === mtimeMs) return true
  if ((await hashOf(path)) !== sha256) return false
  manifest.put({ ...entry, mtimeMs: found.mtimeMs })
  return true
}

export interface CheckFilesOptions {
  readonly directory: string
  readonly manifest: Manifest
  readonly isSelected: (item: Entry['item']) => boolean
  /** `keep`: what was saved once is done, though its file was taken away. */
  readonly removed: 'fetch' | 'keep'
  /** Whether the size of a saved file is known to be wrong. */
  readonly isWrongSize: (entry: Entry) => boolean
}

/** What was removed or changed, or has a wrong size, is fetched again, if it is still asked for. */
export async function checkFiles({
  directory,
  manifest,
  isSelected,
  removed,
  isWrongSize,
}: CheckFilesOptions): Promise<void> {
  for (const entry of manifest.inState('saved')) {
    if (!isSelected(entry.item)) continue
    const isThere = entry.file !== null && (await statOf(join(directory, entry.file))) !== undefined
    if (!isThere && removed === 'keep') continue
    if (isWrongSize(entry))
      manifest.put({ ...entry, state: 'wanted', reason: 'its file has another size than announced' })
    else if (!isThere || !(await isIntact(directory, entry, manifest))) {
      manifest.put({ ...entry, state: 'wanted', reason: 'its file was removed or changed' })
    }
  }
}
