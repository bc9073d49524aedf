import { join } from 'node:path'
import type { Store } from './destination.ts'
import type { Entry } from './entry.ts'
import { hashFile } from '../hash-file.ts'
import type { Manifest } from './manifest.ts'
import { emptyStaging, stagedName } from './staging.ts'

/** Ends what a killed run had begun: files that were whole get their names, the rest is fetched again. */
export async function recover(store: Store, manifest: Manifest, nowMs: number): Promise<void> {
  for (const entry of manifest.inState('moving')) {
    const { item, file, bytes, sha256 } = entry
    if (file === null || bytes === null || sha256 === null) continue
    const staged = join(store.staging, stagedName(item.id))
    if ((await hashFile(staged)) === sha256) await store.place({ staged, file, item, bytes, sha256 })
    const isThere = (await store.hash(file)) === sha256
    manifest.put(
      isThere
        ? { ...entry, state: 'saved', savedAtMs: nowMs }
        : { ...entry, state: 'wanted', bytes: null, sha256: null },
    )
  }
  await emptyStaging(store.staging)
}

/**
 * Whether the file of a saved export is as it was left. One that was only touched is read once, and that is noted.
 */
export async function isIntact(store: Store, entry: Entry, manifest: Manifest): Promise<boolean> {
  const { file, bytes, stamp, sha256 } = entry
  if (file === null) return false
  const found = await store.stat(file)
  if (found === undefined || found.bytes !== bytes) return false
  if (found.stamp === stamp) return true
  if ((await store.hash(file)) !== sha256) return false
  manifest.put({ ...entry, stamp: found.stamp })
  return true
}

export interface CheckFilesOptions {
  readonly store: Store
  readonly manifest: Manifest
  readonly isSelected: (item: Entry['item']) => boolean
  /** `keep`: what was saved once is done, though its file was taken away. */
  readonly removed: 'fetch' | 'keep'
  /** Whether the size of a saved file is known to be wrong. */
  readonly isWrongSize: (entry: Entry) => boolean
}

/** What was removed or changed, or has a wrong size, is fetched again, if it is still asked for. */
export async function checkFiles(options: CheckFilesOptions): Promise<void> {
  const { store, manifest, isSelected, removed, isWrongSize } = options
  for (const entry of manifest.inState('saved')) {
    if (!isSelected(entry.item)) continue
    const isThere = entry.file !== null && (await store.stat(entry.file)) !== undefined
    if (!isThere && removed === 'keep') continue
    if (isWrongSize(entry))
      manifest.put({ ...entry, state: 'wanted', reason: 'its file has another size than announced' })
    else if (!isThere || !(await isIntact(store, entry, manifest))) {
      manifest.put({ ...entry, state: 'wanted', reason: 'its file was removed or changed' })
    }
  }
}
