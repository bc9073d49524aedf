import type { ExportsClient } from '../../client.ts'
import { isExportsError } from '../../errors.ts'
import type { AnyExportsError } from '../../errors.ts'
import { aborted } from '../../failures.ts'
import { formatTimestamp } from '../../timestamp.ts'
import { announce } from './announce.ts'
import type { AnnounceOptions } from './announce.ts'
import type { Breaker } from './breaker.ts'
import type { Entry } from './entry.ts'
import { fetchFile } from './fetch-file.ts'
import type { Fetched, FetchFileOptions } from './fetch-file.ts'
import type { MirrorResult } from './mirror-event.ts'
import { lookUp } from './open-exports.ts'
import type { ListAccess } from './open-exports.ts'

export interface FetchAllOptions extends Omit<FetchFileOptions, 'doubtful'>, AnnounceOptions, ListAccess {
  readonly client: Pick<ExportsClient, 'get' | 'listAll' | 'download'>
  /** Downloads at once. */
  readonly concurrency: number
  /** Whether an export that was wanted still is. */
  readonly isSelected: (item: Entry['item']) => boolean
  readonly breaker: Breaker
  readonly pause: (ms: number) => Promise<void>
}

/** Downloads of one export, after the others, whose answer is not its file; and those that the API itself failed at. */
const MOST_TRIES = { wrong: 2, sick: 5 } as const
const FIRST_PAUSE_MS = 500

interface Job {
  readonly id: string
  /** Tries that the API itself failed at. */
  readonly tries: number
  /** Tries that brought something else than the file. */
  readonly wrongs: number
  /** Milliseconds to wait before the next try. */
  readonly pauseMs: number
}

/** Fetches what is wanted, several at once. What fails stays wanted. */
export async function fetchAll(options: FetchAllOptions): Promise<Omit<MirrorResult, 'deleted'>> {
  const { client, store, manifest, concurrency, isSelected, signal, breaker, pause, onEvent } = options
  const queue: Job[] = manifest.wantedIds().map((id) => ({ id, tries: 0, wrongs: 0, pauseMs: 0 }))
  const result = { saved: 0, bytes: 0, failed: 0, left: 0 }
  /** Failures of the API, by export, since something came through. */
  const sick = new Map<string, unknown>()
  let taken = 0
  let end: { readonly reason: 'hopeless' | 'thrown'; readonly error: unknown } | undefined

  const fail = async (id: string, error: unknown): Promise<void> => {
    result.failed += 1
    await onEvent({ type: 'failed', id, error })
  }

  const attempt = async (job: Job, entry: Entry): Promise<void> => {
    let fetched: Fetched
    try {
      const isLast = job.wrongs + 1 >= MOST_TRIES.wrong
      fetched = await fetchFile(client, entry, { ...options, doubtful: isLast ? 'keep-aside' : 'drop' })
    } catch (error) {
      if (signal?.aborted || !isExportsError(error)) throw error
      return failed(job, entry, error)
    }
    sick.clear()
    breaker.succeeded()
    if (fetched.kind === 'unchanged') return undefined
    if (await announce(fetched.entry, options, fetched.placed)) {
      result.saved += 1
      result.bytes += fetched.entry.bytes
    } else result.failed += 1
    return store.checkpoint((path) => manifest.snapshot(path))
  }

  const failed = async (job: Job, entry: Entry, error: AnyExportsError): Promise<void> => {
    const { id, wrongs } = job
    if (isOfTheApi(error)) return afterOutage(job, error)
    sick.clear()
    breaker.succeeded()
    if (await isGone(error, entry, options)) return undefined
    if (isHopeless(error)) end ??= { reason: 'hopeless', error }
    else if (wrongs + 1 < MOST_TRIES.wrong && isWorthAnother(error)) {
      queue.push({ ...job, wrongs: wrongs + 1, pauseMs: 0 })
      return undefined
    }
    return fail(id, error)
  }

  const afterOutage = async (job: Job, error: unknown): Promise<void> => {
    const { id, tries, pauseMs } = job
    sick.set(id, error)
    // While nothing comes through, it is not because of this export.
    if (breaker.failed(id)) queue.push({ ...job, pauseMs: 0 })
    else if (tries + 1 >= MOST_TRIES.sick) await fail(id, error)
    else queue.push({ ...job, tries: tries + 1, pauseMs: pauseMs * 2 || FIRST_PAUSE_MS })
  }

  const giveUp = async (): Promise<void> => {
    if (end !== undefined) return
    end = { reason: 'hopeless', error: undefined }
    for (const [id, error] of sick) await fail(id, error)
  }

  const work = async (): Promise<void> => {
    while (end === undefined && !signal?.aborted) {
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
  if (signal?.aborted) throw aborted(signal.reason)
  if (end?.reason === 'thrown') throw end.error
  return { ...result, left: queue.slice(taken).filter(({ id }) => !sick.has(id)).length }
}

/** Whether the file is gone for good. 410 says so; a 404, and a 403 as of object stores, may have other reasons. */
async function isGone(error: AnyExportsError, entry: Entry, options: FetchAllOptions): Promise<boolean> {
  if (error.status === 410) return gone(entry, 'the API says that its file is gone (410)', options)
  if (error.status !== 404 && error.status !== 403) return false
  // When the API does not answer why, it may later.
  return askWhy(entry, options).catch((failure: unknown) => {
    if (isExportsError(failure) && !options.signal?.aborted) return false
    throw failure
  })
}

async function askWhy(entry: Entry, options: FetchAllOptions): Promise<boolean> {
  const { manifest, wallNow, onEvent } = options
  const { id } = entry.item
  const item = await lookUp(options, id)
  if (item === undefined) return gone(entry, 'the API does not have it any more', options)
  const lookedAtMs = wallNow()
  if (item.status !== 'ready') {
    const reason = `its status is ${item.status}`
    manifest.put({ ...entry, item, state: 'waiting', lookedAtMs, reason })
    await onEvent({ type: 'waiting', id, reason })
    return true
  }
  const { expire_time: expireTime } = item
  const isOver = expireTime !== null && expireTime <= formatTimestamp(new Date(lookedAtMs))
  return isOver ? gone(entry, `it expired at ${expireTime}`, options) : false
}

async function gone(entry: Entry, reason: string, { manifest, wallNow, onEvent }: FetchAllOptions): Promise<true> {
  manifest.put({ ...entry, state: 'gone', lookedAtMs: wallNow(), reason })
  await onEvent({ type: 'gone', id: entry.item.id, reason })
  return true
}

/** What would fail for every other export too. */
function isHopeless({ kind, code }: AnyExportsError): boolean {
  if (kind === 'file') return !OF_ONE_FILE.includes(code)
  return ['unauthorized', 'rate-limited', 'deadline', 'invalid-options'].includes(kind)
}

/** Too large for its file system or its limits, or a name that is too long. */
const OF_ONE_FILE: readonly string[] = ['EFBIG', 'ENAMETOOLONG', 'EISDIR', 'ENOTEMPTY']

/** No answer, one that broke off, or one that the API is sick: what may be the same for every export. */
function isOfTheApi({ kind, status = 0 }: AnyExportsError): boolean {
  return ['network', 'timeout', 'server'].includes(kind) || status >= 500
}

function isWorthAnother({ kind }: AnyExportsError): boolean {
  return ['invalid-response', 'unexpected-status', 'not-found'].includes(kind)
}
