import { formatTimestamp } from '../../timestamp.ts'
import { fileError } from '../file-error.ts'
import { isIntact } from './check-files.ts'
import { isDue } from './decide.ts'
import type { Store } from './destination.ts'
import type { Manifest } from './manifest.ts'
import type { OnMirrorEvent } from './mirror-event.ts'

/** Saved exports whose time is over by this machine's clock, unless they were looked at a while ago. */
export function expiredIds(manifest: Manifest, nowMs: number): ReadonlySet<string> {
  const now = formatTimestamp(new Date(nowMs))
  const ids = new Set<string>()
  for (const entry of manifest.inState('saved')) {
    const { id, expire_time: expireTime } = entry.item
    if (expireTime !== null && expireTime <= now && isDue(entry, { nowMs, ageMs: 0 })) ids.add(id)
  }
  return ids
}

export interface DeleteOptions {
  readonly store: Store
  readonly manifest: Manifest
  readonly nowMs: number
  readonly onEvent: OnMirrorEvent
}

/** Deletes the files of these exports, if they are as they were saved; a changed file stays. */
export async function deleteFiles(
  ids: readonly string[],
  { store, manifest, nowMs, onEvent }: DeleteOptions,
): Promise<number> {
  let deleted = 0
  for (const id of ids) {
    const entry = manifest.get(id)
    if (entry?.state !== 'saved' || entry.file === null) continue
    if (!(await isIntact(store, entry, manifest))) continue
    const { file } = entry
    await store.remove(file).catch((error: unknown) => {
      throw fileError(`${JSON.stringify(file)} cannot be deleted`, file, error)
    })
    const reason = `it expired at ${entry.item.expire_time}; its file was deleted`
    manifest.put({ ...entry, state: 'gone', file: null, stamp: null, lookedAtMs: nowMs, reason })
    await onEvent({ type: 'deleted', id, file })
    deleted += 1
  }
  return deleted
}
