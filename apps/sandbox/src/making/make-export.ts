import { nameOfMade, sizeOfMade } from '../made-up.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import type { Choices } from '../choices.ts'
import { copyItem, itemInserter } from '../data/item-store.ts'
import { isBeingPrepared } from '../data/lifecycle.ts'
import { formatTimestamp } from '../data/timestamp.ts'
import { FORMATS } from '../data/vocabulary.ts'
import type { Making } from './making-plan.ts'
import { nextMaking } from './making-plan.ts'
import type { QuickReportExport } from './quick-report-export.ts'

export interface MakeOptions {
  /** Sandbox time, in seconds with their fraction. */
  readonly now: number
  /** How long making takes without a plan, in whole seconds. */
  readonly makingSeconds: number
}

/** Makes an export of a quick report, which is queued first. Exactly one for each call, and none when it throws. */
export function makeExport(
  database: Database,
  account: Account,
  {
    reportId,
    request,
    now,
    makingSeconds,
  }: MakeOptions & { readonly reportId: string; readonly request: QuickReportExport },
): void {
  const { extension, mime_type } = FORMATS.find((format) => format.extension === (request.out ?? 'csv')) ?? NO_FORMAT
  database.write(() => {
    const id = takeId(database, account)
    itemInserter(
      database,
      account.id,
    )({
      id,
      creator_id: account.creatorId,
      resource: 'quick-reports',
      status: 'queued',
      name: nameOfMade({ name: request.name, reportId, now }),
      description: null,
      size: null,
      extension,
      mime_type,
      attempt_count: 1,
      download_count: 0,
      failure_reason: null,
      expire_time: null,
      create_time: formatTimestamp(now),
      update_time: formatTimestamp(now),
      planned_size: sizeOfMade(id),
      ...attempt(now, nextMaking(database, account.id, makingSeconds)),
    })
  })
}

const NO_FORMAT = { extension: null, mime_type: null }

export type Retry =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'no-such-export' }
  | { readonly kind: 'refused'; readonly status: string }

/** Attempts an export again. Under the same id, what it was before, such as its file, is gone. */
export function retryExport(
  database: Database,
  account: Account,
  { id, now, makingSeconds, choices }: MakeOptions & { readonly id: number; readonly choices: Choices },
): Retry {
  return database.write((): Retry => {
    const row = database.prepare('SELECT status, size FROM items WHERE id = ? AND account_id = ?').get(id, account.id)
    if (row === undefined) return { kind: 'no-such-export' }
    const { status, size } = row as { status: string; size: number | null }
    const kind = isBeingPrepared(status) ? 'preparing' : status === 'ready' ? 'ready' : undefined
    if (kind !== undefined && choices['retry.of'][kind] === 'refused') return { kind: 'refused', status }
    const retried =
      choices['retry.record'] === 'same' ? id : copyItem(database, id, { id: takeId(database, account), now })
    const { due, attempt_seconds, outcome } = attempt(now, nextMaking(database, account.id, makingSeconds))
    database.prepare(RETRY).run(formatTimestamp(now), due, attempt_seconds, outcome, size ?? sizeOfMade(id), retried)
    return { kind: 'accepted' }
  })
}

const RETRY = `
  UPDATE items SET status = 'queued', attempt_count = attempt_count + 1, size = NULL, expire_time = NULL,
    update_time = ?, due = ?, attempt_seconds = ?, outcome = ?, planned_size = ?
  WHERE id = ?`

/**
 * Half of the time in the queue, the rest in the attempt itself. Statuses change at whole seconds: making takes at least
 * as long as it should, and up to a second more.
 */
function attempt(
  now: number,
  { seconds, outcome }: Making,
): { due: number; attempt_seconds: number; outcome: Making['outcome'] } {
  const attempt_seconds = Math.ceil(seconds / 2)
  const end = seconds === 0 ? Math.floor(now) : Math.ceil(now) + seconds
  return { due: end - attempt_seconds, attempt_seconds, outcome }
}

/** The account's next free id; ids are unique over all accounts, and one that was taken is not given again. */
function takeId(database: Database, account: Account): number {
  let id = Number(database.prepare('SELECT next_id FROM accounts WHERE id = ?').get(account.id)?.['next_id'])
  const find = database.prepare('SELECT 1 FROM items WHERE id = ?')
  while (find.get(id) !== undefined) id += 1
  database.prepare('UPDATE accounts SET next_id = ? WHERE id = ?').run(id + 1, account.id)
  return id
}
