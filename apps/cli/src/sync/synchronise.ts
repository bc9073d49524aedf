import type { ExportItem, ExportsClient } from '@hood-exports/client'
import { isExportsError } from '@hood-exports/client'
import type { FilterGate } from '../filter-gate.ts'
import type { Condition } from '../where/condition.ts'
import { whereOf } from '../where/where.ts'
import { createAccountCheck } from './account-check.ts'
import { createBreaker } from './breaker.ts'
import { checkFiles, recover } from './check-files.ts'
import type { Entry } from './entry.ts'
import { deleteFiles, expiredIds } from './delete-expired.ts'
import { fetchAll } from './fetch-all.ts'
import type { SizeJudge } from './fetch-file.ts'
import type { Manifest } from './manifest.ts'
import { readList } from './read-list.ts'
import type { OnSyncEvent, SyncResult } from './sync-event.ts'

export interface SyncOptions {
  /** Absolute. */
  readonly directory: string
  readonly manifest: Manifest
  /** `plan`: nothing is fetched and no file is touched; give a manifest that is a copy. */
  readonly mode: 'run' | 'plan'
  readonly signal: AbortSignal
  readonly gate: FilterGate
  /** What an export that is ready must meet. */
  readonly conditions: readonly Condition[]
  /** Names that choice: another one makes the list be read anew. */
  readonly selection: string
  /** `YYYY-MM-DD HH:MM:SS`: older exports are not asked for. */
  readonly since: string | undefined
  readonly deleteExpired: 'no' | 'yes'
  /** What other than the announced size means; `auto`: `fail` once sizes have proved to be bytes, else `warn`. */
  readonly onSizeMismatch: 'auto' | 'warn' | 'fail'
  /** What a saved file that is not there any more means; see `checkFiles`. */
  readonly removed: 'fetch' | 'keep'
  /** `all`: the whole list is read, not only what is new. */
  readonly extent: 'new' | 'all'
  /** Milliseconds without any success after which the run ends. */
  readonly retryForMs: number
  readonly idleTimeoutMs: number | undefined
  /** Downloads at once. */
  readonly concurrency: number
  /** Milliseconds since the epoch. */
  readonly wallNow: () => number
  readonly now: () => number
  readonly pause: (ms: number) => Promise<void>
  readonly onEvent: OnSyncEvent
}

/**
 * One run: ends what an earlier one has begun, looks for files that are missing, reads what is new in the list, fetches
 * what is wanted. Each step leaves the folder so that the next run goes on from there, whatever ends this one.
 *
 * @throws what would fail for everything; failures of single exports are events.
 */
export async function synchronise(client: ExportsClient, options: SyncOptions): Promise<SyncResult> {
  const { directory, manifest, mode, signal, conditions, since, deleteExpired, removed, wallNow, onEvent } = options
  const nowMs = wallNow()
  const { matches } = whereOf(conditions)
  const isSelected = (item: ExportItem): boolean => (since === undefined || item.create_time >= since) && matches(item)
  const sizes = judgeSizes(options)
  if (mode === 'run') await recover(directory, manifest, onEvent)
  await checkFiles({ directory, manifest, isSelected, removed, isWrongSize: sizes.isWrong })
  const expired = deleteExpired === 'yes' ? expiredIds(manifest, nowMs) : new Set<string>()
  const account = createAccountCheck(directory, manifest)
  let ended: readonly string[] = []
  let unread = 0
  try {
    ended = await readList({ ...options, client, account, isSelected, nowMs, expiredIds: expired })
  } catch (error) {
    // What was found earlier can be fetched all the same, unless that would fail in the same way.
    // Nothing is fetched for an account that was not seen: it may be another one.
    if (signal.aborted || !account.isPassed || !isExportsError(error) || !ONE_ANSWER.includes(error.kind)) throw error
    unread = 1
    await onEvent({ type: 'failed', error })
  }
  await tellPlan(manifest, isSelected, options)
  if (mode === 'plan') return { saved: 0, bytes: 0, deleted: 0, failed: unread, left: 0 }
  const breaker = createBreaker({
    ...options,
    giveUpAfterMs: options.retryForMs,
    onPause: (ms) => void onEvent({ type: 'paused', ms }),
  })
  const { failed, ...fetched } = await fetchAll(client, { ...options, isSelected, sizes, breaker })
  const deleted = await deleteFiles(ended, { directory, manifest, nowMs, onEvent })
  return { ...fetched, failed: failed + unread, deleted }
}

/** Files with exactly their announced size: they prove that it is in bytes. */
const PROOF_OF_UNIT = 5

/** What another size than the announced one means: with `auto` it is wrong once the unit is known to be bytes. */
function judgeSizes({ manifest, onSizeMismatch }: SyncOptions): SizeJudge & { isWrong: (entry: Entry) => boolean } {
  const { matching, differing } = manifest.sizes()
  const isProven = matching >= PROOF_OF_UNIT && matching > differing
  const isWrong = onSizeMismatch === 'fail' || (onSizeMismatch === 'auto' && isProven)
  return {
    mismatch: isWrong ? 'wrong' : 'possible',
    isWrong: ({ item, bytes }) => isWrong && item.size !== null && bytes !== item.size,
  }
}

/** A failure of one answer, which the next need not have. */
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
