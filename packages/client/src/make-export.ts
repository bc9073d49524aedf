import * as checks from '#checks'
import { FAILED_STATUSES } from '@hood-exports/openapi'
import type { Connection } from './connection.ts'
import { ExportsError, isExportsError } from './errors.ts'
import type { AnyExportsError } from './errors.ts'
import type { ExportItem } from './export-item.ts'
import { keyMatcher, randomKey } from './export-key.ts'
import { pastDeadline } from './failures.ts'
import { exportQuickReport, toWireRequest } from './export-quick-report.ts'
import type { QuickReportRequest } from './export-quick-report.ts'
import { listAll } from './list-all.ts'
import { checkId } from './list-query.ts'
import type { Operation } from './operation.ts'
import { retryExport } from './retry-export.ts'
import { PAUSE_GROWTH, openScope } from './scope.ts'
import type { WaitOptions } from './wait-until.ts'

/** What `makeExport` has just done or seen. */
export type MakeProgress =
  /** The API has accepted the request for an export. */
  | { readonly step: 'created'; readonly operation: Operation }
  /** No answer says whether a request was carried out: the list shows it. */
  | { readonly step: 'unknown'; readonly error: AnyExportsError }
  /** The export is in the list, and is not ready. */
  | { readonly step: 'waiting'; readonly item: ExportItem }
  /** The export has failed, and the API runs it again. */
  | { readonly step: 'retried'; readonly item: ExportItem }

/** How to make an export. `deadlineMs` is for all of it, default an hour; the other call options for each request. */
export interface MakeOptions extends WaitOptions {
  /**
   * What the export is found by: a text that the name of no other export has as a whole word. It is put behind the
   * name, unless the name has it. Give one that the next run of the same job gives again, and that run goes on with
   * this export instead of making another. Default: ten random letters and digits.
   */
  readonly key?: string | undefined
  /** How often a failed export is run again, by the API's own retry. Whole; default 2. */
  readonly retries?: number | undefined
  /** Milliseconds to look for the effect of a request whose outcome is unknown, before it is sent again. Default 30,000. */
  readonly settleMs?: number | undefined
  /** Called after each step. */
  readonly onProgress?: ((progress: MakeProgress) => void) | undefined
}

const HOUR_MS = 3_600_000
/** Requests for the same export, each sent only after the one before had no effect. */
const MOST_REQUESTS = 5
/** Failed looks in a row, each of them tried again by the call itself. */
const MOST_FAILED_LOOKS = 5
/** Pages of exports whose names hold the key: one, unless the key is part of other names. */
const MOST_PAGES = 5

/** The last POST, whose effect may still come. */
interface Sent {
  readonly atMs: number
  /** Why its outcome is unknown; absent when the API has accepted it. */
  readonly error?: AnyExportsError | undefined
  /** The run that a retry was sent for. */
  readonly run: string | undefined
}

/**
 * From nothing to an export that is ready: makes it, finds it by its key, waits for it, and has the API run it again
 * when it failed. Each look costs one request. A request whose outcome is unknown is sent again only after the list has
 * shown no effect of it for `settleMs`.
 * @throws ExportsError `export-failed` when it stays failed, `deadline`, and what the requests reject with. Its `key`
 * finds the export again.
 */
export async function makeExport(
  connection: Connection,
  reportId: string,
  report: QuickReportRequest,
  options: MakeOptions = {},
): Promise<ExportItem> {
  checks.makeOptions(options)
  checks.report(report)
  const { clock, options: client } = connection
  const { key = randomKey(client.random ?? Math.random), retries = 2, settleMs = 30_000, onProgress, ...rest } = options
  const { intervalMs = 1_000, maxIntervalMs = 30_000, deadlineMs = client.deadlineMs ?? HOUR_MS, ...call } = rest
  const isOurs = keyMatcher(key)
  const { name = `Quick report ${checkId(reportId)}` } = toWireRequest(report)
  const request = { ...report, name: isOurs(name) ? name : `${name} (${key})` }
  const deadline = clock.now() + deadlineMs
  const scope = openScope({ clock, signal: call.signal })
  let requests = 0
  let runs = 0
  let failedLooks = 0
  let pauseMs = Math.min(intervalMs, maxIntervalMs)
  let sent: Sent | undefined
  let status = 'not in the list'

  const inTime = () => ({ ...call, deadlineMs: Math.max(0, deadline - clock.now()) })

  /** Sends a POST; one whose outcome is unknown counts as sent. */
  async function send(post: () => Promise<Operation>, run?: string): Promise<Operation | undefined> {
    try {
      const operation = await post()
      sent = { atMs: clock.now(), run }
      return operation
    } catch (error) {
      const isOver = clock.now() >= deadline || call.signal?.aborted
      if (!isExportsError(error) || error.outcome !== 'unknown' || isOver) throw error
      sent = { atMs: clock.now(), error, run }
      onProgress?.({ step: 'unknown', error })
      return undefined
    }
  }

  async function create(): Promise<void> {
    if (requests >= MOST_REQUESTS) throw sent?.error
    requests += 1
    const operation = await send(() => exportQuickReport(connection, reportId, request, inTime()))
    if (operation) onProgress?.({ step: 'created', operation })
  }

  /** The exports with the key, newest first; `undefined` when the API gave no list. */
  async function look(): Promise<readonly ExportItem[] | undefined> {
    const query = { view: 'full', q: key, qFields: ['name'], sort: ['-create_time'] } as const
    try {
      const found = await listAll(connection, query, { ...inTime(), maxPages: MOST_PAGES }).toArray()
      failedLooks = 0
      return found.filter((item) => isOurs(item.name))
    } catch (error) {
      if (!isExportsError(error) || !MAY_PASS.has(error.kind) || ++failedLooks >= MOST_FAILED_LOOKS) throw error
      return undefined
    }
  }

  async function runAgain(item: ExportItem): Promise<void> {
    if (runs >= retries) throw failed(item)
    runs += 1
    try {
      await send(() => retryExport(connection, item.id, inTime()), runOf(item))
      onProgress?.({ step: 'retried', item })
    } catch (error) {
      // It may run already, after a request whose outcome was unknown: the next looks show it.
      if (!isExportsError(error, 'bad-request')) throw error
      sent = { atMs: clock.now(), run: runOf(item) }
    }
  }

  /** Whether the effect of the last POST may still come. */
  const isPending = (): boolean => sent !== undefined && (!sent.error || clock.now() - sent.atMs < settleMs)

  try {
    if (options.key === undefined) await create()
    for (let looks = 0; ; looks += 1) {
      if (sent || looks > 0) {
        if (clock.now() + pauseMs >= deadline) throw pastDeadline(`The export is ${status}, and was not ready`)
        await scope.pause(pauseMs)
        pauseMs = Math.min(pauseMs * PAUSE_GROWTH, maxIntervalMs)
      }
      const found = await look()
      if (!found) continue
      const [newest] = found
      const ready = found.find((item) => item.status === 'ready')
      if (ready) return ready
      if (!newest) {
        if (!isPending()) await create()
        continue
      }
      status = newest.status
      const isFailed = found.every((item) => FAILED.has(item.status))
      if (!isFailed) onProgress?.({ step: 'waiting', item: newest })
      else if (sent?.run !== runOf(newest) || clock.now() - sent.atMs >= settleMs) await runAgain(newest)
    }
  } catch (error) {
    if (isExportsError(error)) error.key = key
    throw error
  }
}

const FAILED: ReadonlySet<string> = new Set(FAILED_STATUSES)
/** Failures of a look that say nothing of the export. */
const MAY_PASS: ReadonlySet<string> = new Set(['network', 'timeout', 'server', 'invalid-response'])

/** Identifies one run of an export. */
function runOf({ id, attempt_count: count, update_time: time }: ExportItem): string {
  return `${id} ${count} ${time}`
}

function failed({ id, status, failure_reason: reason }: ExportItem): ExportsError<'export-failed'> {
  const why = reason ? `: ${reason}` : ''
  const message = `The export ${id} is ${status}${why} (raise retries to have it run again)`
  return new ExportsError('export-failed', message, { id, option: 'retries' })
}
