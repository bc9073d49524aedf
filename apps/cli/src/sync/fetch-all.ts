import { isExportsError } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { formatTimestamp } from '@hood-exports/client'
import { CommandError, isExpected } from '../command-error.ts'
import type { Entry } from './entry.ts'
import { fetchFile } from './fetch-file.ts'
import type { FetchFileOptions } from './fetch-file.ts'
import type { SyncResult } from './sync-event.ts'
import { lookUp } from './open-exports.ts'
import type { ListAccess } from './open-exports.ts'

export interface FetchAllOptions extends FetchFileOptions, Omit<ListAccess, 'client'> {
  /** Downloads at once. */
  readonly concurrency: number
  /** Whether an export that was wanted still is. */
  readonly isSelected: (item: Entry['item']) => boolean
}

/** An export whose answer was broken is asked for again, after the others. */
const MOST_TRIES = 3

/** Fetches what is wanted, several at once. What fails stays wanted. */
export async function fetchAll(client: ExportsClient, options: FetchAllOptions): Promise<Omit<SyncResult, 'deleted'>> {
  const { manifest, concurrency, isSelected, signal, onEvent } = options
  const queue = manifest.wantedIds().map((id) => ({ id, tries: 0 }))
  let [saved, bytes, failed, taken, broken] = [0, 0, 0, 0, 0]
  let end: { readonly reason: 'hopeless' | 'thrown'; readonly error: unknown } | undefined

  const fail = async (id: string, error: unknown): Promise<void> => {
    failed += 1
    await onEvent({ type: 'failed', id, error })
  }

  const attempt = async (job: { readonly id: string; readonly tries: number }, entry: Entry): Promise<void> => {
    const { id, tries } = job
    try {
      // Not `bytes += await`: that would forget what others add meanwhile.
      const received = await fetchFile(client, entry, options)
      bytes += received
      saved += 1
      broken = 0
    } catch (error) {
      if (signal.aborted || !isExpected(error)) throw error
      if (isExportsError(error, 'not-found') && (await isExplained(client, entry, options))) return
      broken += isBroken(error) ? 1 : 0
      if (isHopeless(error) || broken > Math.max(concurrency, MOST_TRIES)) {
        end ??= { reason: 'hopeless', error }
        await fail(id, error)
      } else if (tries + 1 < MOST_TRIES && isWorthAnother(error)) queue.push({ id, tries: tries + 1 })
      else await fail(id, error)
    }
  }

  const work = async (): Promise<void> => {
    while (end === undefined && !signal.aborted) {
      const job = queue[taken]
      if (job === undefined) return
      taken += 1
      const entry = manifest.get(job.id)
      if (entry?.state !== 'wanted') continue
      if (isSelected(entry.item)) await attempt(job, entry)
      else manifest.remove(job.id)
    }
  }
  const guarded = (): Promise<void> => work().catch((error: unknown) => void (end ??= { reason: 'thrown', error }))
  await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, guarded))
  signal.throwIfAborted()
  if (end?.reason === 'thrown') throw end.error
  return { saved, bytes, failed, left: queue.length - taken }
}

/** A 404 of a file that was ready: whether the API says why. When it does not answer that, it may answer later. */
function isExplained(client: ExportsClient, entry: Entry, options: FetchAllOptions): Promise<boolean> {
  return askWhy(client, entry, options).catch((error: unknown) => {
    if (isExportsError(error) && !options.signal.aborted) return false
    throw error
  })
}

async function askWhy(client: ExportsClient, entry: Entry, options: FetchAllOptions): Promise<boolean> {
  const { manifest, wallNow, onEvent } = options
  const { id } = entry.item
  const item = await lookUp({ ...options, client }, id)
  const lookedAtMs = wallNow()
  const gone = async (reason: string): Promise<true> => {
    manifest.put({ ...entry, state: 'gone', lookedAtMs, reason })
    await onEvent({ type: 'gone', id, reason })
    return true
  }
  if (item === undefined) return gone('the API does not have it any more')
  if (item.status !== 'ready') {
    const reason = `its status is ${item.status}`
    manifest.put({ ...entry, item, state: 'waiting', lookedAtMs, reason })
    await onEvent({ type: 'waiting', id, reason })
    return true
  }
  const { expire_time: expireTime } = item
  const isOver = expireTime !== null && expireTime <= formatTimestamp(new Date(lookedAtMs))
  return isOver ? gone(`it expired at ${expireTime}`) : false
}

/** What would fail for every other export too. */
function isHopeless(error: unknown): boolean {
  if (isExportsError(error)) {
    if (error.kind !== 'file')
      return ['unauthorized', 'rate-limited', 'deadline', 'invalid-options'].includes(error.kind)
  } else if (!(error instanceof CommandError)) return true
  const { cause } = error
  return !(cause instanceof Error && 'code' in cause && OF_ONE_FILE.includes(String(cause.code)))
}

/** Too large for its file system or its limits, or a name that is too long. */
const OF_ONE_FILE: readonly string[] = ['EFBIG', 'ENAMETOOLONG', 'EISDIR', 'ENOTEMPTY']

/** No whole answer: when that goes on, nothing else will come through either. */
function isBroken(error: unknown): boolean {
  return isExportsError(error, 'network') || isExportsError(error, 'timeout')
}

function isWorthAnother(error: unknown): boolean {
  if (!isExportsError(error)) return false
  return isBroken(error) || ['server', 'invalid-response', 'unexpected-status', 'not-found'].includes(error.kind)
}
