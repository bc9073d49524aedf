import { isExportsError } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { formatTimestamp } from '@hood-exports/client'
import { CommandError, isExpected } from '../command-error.ts'
import type { Breaker } from './breaker.ts'
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
  readonly breaker: Breaker
  readonly pause: (ms: number) => Promise<void>
}

/** Downloads of one export, after the others, whose answer is not its file; and those that the API itself failed at. */
const MOST_TRIES = { wrong: 3, sick: 5 } as const
const FIRST_PAUSE_MS = 500

interface Job {
  readonly id: string
  readonly tries: number
  /** Milliseconds to wait before the next try. */
  readonly pauseMs: number
}

/** Fetches what is wanted, several at once. What fails stays wanted. */
export async function fetchAll(client: ExportsClient, options: FetchAllOptions): Promise<Omit<SyncResult, 'deleted'>> {
  const { manifest, concurrency, isSelected, signal, breaker, pause, onEvent } = options
  const queue: Job[] = manifest.wantedIds().map((id) => ({ id, tries: 0, pauseMs: 0 }))
  const result = { saved: 0, bytes: 0, failed: 0, left: 0 }
  /** Failures of the API, by export, since something came through. */
  const sick = new Map<string, unknown>()
  let taken = 0
  let end: { readonly reason: 'hopeless' | 'thrown'; readonly error: unknown } | undefined

  const fail = async (id: string, error: unknown): Promise<void> => {
    result.failed += 1
    await onEvent({ type: 'failed', id, error })
  }

  const attempt = async ({ id, tries, pauseMs }: Job, entry: Entry): Promise<void> => {
    try {
      const { kind, bytes } = await fetchFile(client, entry, options)
      if (kind === 'saved') {
        result.bytes += bytes
        result.saved += 1
      }
      sick.clear()
      breaker.succeeded()
    } catch (error) {
      if (signal.aborted || !isExpected(error)) throw error
      if (isOfTheApi(error)) return afterOutage({ id, tries, pauseMs }, error)
      sick.clear()
      breaker.succeeded()
      if (await isGone(error, client, entry, options)) return undefined
      if (isHopeless(error)) end ??= { reason: 'hopeless', error }
      else if (tries + 1 < MOST_TRIES.wrong && isWorthAnother(error)) {
        queue.push({ id, tries: tries + 1, pauseMs: 0 })
        return undefined
      }
      await fail(id, error)
    }
    return undefined
  }

  const afterOutage = async ({ id, tries, pauseMs }: Job, error: unknown): Promise<void> => {
    sick.set(id, error)
    // While nothing comes through, it is not because of this export.
    if (breaker.failed(id)) queue.push({ id, tries, pauseMs: 0 })
    else if (tries + 1 >= MOST_TRIES.sick) await fail(id, error)
    else queue.push({ id, tries: tries + 1, pauseMs: pauseMs * 2 || FIRST_PAUSE_MS })
  }

  const giveUp = async (): Promise<void> => {
    if (end !== undefined) return
    end = { reason: 'hopeless', error: undefined }
    for (const [id, error] of sick) await fail(id, error)
  }

  const work = async (): Promise<void> => {
    while (end === undefined && !signal.aborted) {
      if (queue[taken] === undefined) return
      if (!(await breaker.enter())) return giveUp()
      const job = queue[taken]
      if (job === undefined) return
      taken += 1
      if (job.pauseMs > 0) await pause(job.pauseMs)
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
  return { ...result, left: queue.slice(taken).filter(({ id }) => !sick.has(id)).length }
}

/** Whether the file is gone for good. 410 says so; a 404, and a 403 as of object stores, may have other reasons. */
async function isGone(error: unknown, client: ExportsClient, entry: Entry, options: FetchAllOptions): Promise<boolean> {
  if (!isExportsError(error)) return false
  if (error.status === 410) {
    const reason = 'the API says that its file is gone (410)'
    options.manifest.put({ ...entry, state: 'gone', lookedAtMs: options.wallNow(), reason })
    await options.onEvent({ type: 'gone', id: entry.item.id, reason })
    return true
  }
  if (error.status !== 404 && error.status !== 403) return false
  // When the API does not answer why, it may later.
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
  else if (error.kind === 'exec') return false
  const { cause } = error
  return !(cause instanceof Error && 'code' in cause && OF_ONE_FILE.includes(String(cause.code)))
}

/** Too large for its file system or its limits, or a name that is too long. */
const OF_ONE_FILE: readonly string[] = ['EFBIG', 'ENAMETOOLONG', 'EISDIR', 'ENOTEMPTY']

/** No answer, one that broke off, or one that the API is sick: what may be the same for every export. */
function isOfTheApi(error: unknown): boolean {
  if (!isExportsError(error)) return false
  return ['network', 'timeout', 'server'].includes(error.kind) || (error.status ?? 0) >= 500
}

function isWorthAnother(error: unknown): boolean {
  return isExportsError(error) && ['invalid-response', 'unexpected-status', 'not-found'].includes(error.kind)
}
