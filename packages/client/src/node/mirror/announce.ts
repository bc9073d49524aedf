import type { PlacedFile } from './destination.ts'
import type { Entry } from './entry.ts'
import type { Manifest } from './manifest.ts'
import type { OnMirrorEvent, SavedFile } from './mirror-event.ts'

export interface AnnounceOptions {
  readonly manifest: Manifest
  readonly signal: AbortSignal | undefined
  readonly onEvent: OnMirrorEvent
  readonly onSaved: ((file: SavedFile) => void | Promise<void>) | undefined
}

/** An entry whose file is there. */
export type SavedEntry = Entry & { readonly file: string; readonly bytes: number; readonly sha256: string }

/**
 * Hands a saved file over. Remembered only then: what was not handed over is announced by the next run.
 * @returns `false` when `onSaved` has failed, which is reported
 */
export async function announce(
  entry: SavedEntry,
  { manifest, signal, onEvent, onSaved }: AnnounceOptions,
  { setAside, keptAs }: PlacedFile = {},
): Promise<boolean> {
  const { item, file, bytes, sha256 } = entry
  const { id, name, resource, size } = item
  const sizeCheck = size === null ? 'unknown' : size === bytes ? 'matches' : 'differs'
  const saved: SavedFile = { id, name, resource, file, bytes, sha256, sizeCheck, setAside, keptAs }
  try {
    await onSaved?.(saved)
  } catch (error) {
    if (signal?.aborted) throw error
    await onEvent({ type: 'failed', id, error })
    return false
  }
  await onEvent({ type: 'saved', ...saved })
  manifest.put({ ...entry, announced: true })
  return true
}

/** Announces the files that a run which was killed has not. */
export async function announceRest(options: AnnounceOptions): Promise<void> {
  for (const entry of options.manifest.unannounced()) {
    const { file, bytes, sha256 } = entry
    if (file !== null && bytes !== null && sha256 !== null) await announce({ ...entry, file, bytes, sha256 }, options)
  }
}
