import type { ExportItem, ExportsClient } from '@hood-exports/client'
import { isExportsError } from '@hood-exports/client'
import type { FilterGate } from '../filter-gate.ts'
import type { Condition } from '../where/condition.ts'
import { whereOf } from '../where/where.ts'
import { createAccountCheck } from './account-check.ts'
import { checkFiles, recover } from './check-files.ts'
import { deleteFiles, expiredIds } from './delete-expired.ts'
import { fetchAll } from './fetch-all.ts'
import type { SizeJudge } from './fetch-file.ts'
import type { Manifest } from './manifest.ts'
import type { PageReader } from './page-reader.ts'
import { readList } from './read-list.ts'
import type { OnSyncEvent, SyncResult } from './sync-event.ts'

export interface SyncOptions {
  /** Absolute. */
  readonly directory: string
  readonly manifest: Manifest
  /** `plan`: nothing is fetched and no file is touched; give a manifest that is a copy. */
  readonly mode: 'run' | 'plan'
  readonly signal: AbortSignal
  readonly pages: PageReader
  readonly gate: FilterGate
  /** What an export that is ready must meet. */
  readonly conditions: readonly Condition[]
  /** Names that choice: another one makes the list be read anew. */
  readonly selection: string
  /** `YYYY-MM-DD HH:MM:SS`: older exports are not asked for. */
  readonly since: string | undefined
  readonly deleteExpired: 'no' | 'yes'
  readonly onSizeMismatch: SizeJudge['onMismatch']
  /** Downloads at once. */
  readonly concurrency: number
  /** Milliseconds since the epoch. */
  readonly wallNow: () => number
  readonly onEvent: OnSyncEvent
}

/**
 * One run: ends what an earlier one has begun, looks for files that are missing, reads what is new in the list, fetches
 * what is wanted. Each step leaves the folder so that the next run goes on from there, whatever ends this one.
 *
 * @throws what would fail for everything; failures of single exports are events.
 */
export async function synchronise(client: ExportsClient, options: SyncOptions): Promise<SyncResult> {
  const { directory, manifest, mode, signal, conditions, since, deleteExpired, wallNow, onEvent } = options
  const nowMs = wallNow()
  const { matches } = whereOf(conditions)
  const isSelected = (item: ExportItem): boolean => (since === undefined || item.create_time >= since) && matches(item)
  if (mode === 'run') await recover(directory, manifest)
  await checkFiles(directory, manifest, isSelected)
  const expired = deleteExpired === 'yes' ? expiredIds(manifest, nowMs) : new Set<string>()
  const account = createAccountCheck(directory, manifest)
  let ended: readonly string[] = []
  let unread = 0
  try {
    ended = await readList({ ...options, client, account, isSelected, nowMs, expiredIds: expired })
  } catch (error) {
    // What was found earlier can be fetched all the same, unless that would fail in the same way.
    // Of an account that was not seen, nothing is fetched: it may be another one.
    if (signal.aborted || !account.isPassed || !isExportsError(error) || !ONE_ANSWER.includes(error.kind)) throw error
    unread = 1
    await onEvent({ type: 'failed', error })
  }
  await tellPlan(manifest, isSelected, options)
  if (mode === 'plan') return { saved: 0, bytes: 0, deleted: 0, failed: unread, left: 0 }
  const sizes = { onMismatch: options.onSizeMismatch, isProvenOther: false }
  const { failed, ...fetched } = await fetchAll(client, { ...options, isSelected, sizes })
  const deleted = await deleteFiles(ended, { directory, manifest, nowMs, onEvent })
  return { ...fetched, failed: failed + unread, deleted }
}

/** Of an answer that another one need not be like. */
const ONE_ANSWER: readonly string[] = ['bad-request', 'not-found', 'server', 'unexpected-status', 'invalid-response']

async function tellPlan(
  manifest: Manifest,
  isSelected: (item: ExportItem) => boolean,
  { mode, onEvent }: SyncOptions,
): Promise<void> {
  let [count, bytes] = [0, 0]
  for (const id of manifest.wantedIds()) {
    const entry = manifest.get(id)
    if (entry === undefined || !isSelected(entry.item)) continue
    const { size } = entry.item
    count += 1
    bytes += size ?? 0
    if (mode === 'plan' && entry.file !== null) await onEvent({ type: 'would-save', id, file: entry.file, size })
  }
  await onEvent({ type: 'planned', exports: count, bytes })
}
