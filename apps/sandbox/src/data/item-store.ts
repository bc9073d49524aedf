import type { Database } from './database.ts'
import { fold } from './fold.ts'
import type { StoredItem } from './item.ts'

const COLUMNS = [
  'id',
  'account_id',
  'creator_id',
  'resource',
  'status',
  'name',
  'description',
  'size',
  'extension',
  'mime_type',
  'attempt_count',
  'download_count',
  'failure_reason',
  'expire_time',
  'create_time',
  'update_time',
  'due',
  'attempt_seconds',
  'outcome',
  'planned_size',
  'resource_folded',
  'name_folded',
  'description_folded',
  'failure_reason_folded',
]
const INSERT = `INSERT INTO items (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`

/** Returns a function that inserts items of one account. */
export function itemInserter(database: Database, accountId: number): (item: StoredItem) => void {
  const insert = database.prepare(INSERT)
  const folded = foldingOnce()
  return (item) => {
    insert.run(
      item.id,
      accountId,
      item.creatorId,
      item.resource,
      item.status,
      item.name,
      item.description,
      item.size,
      item.extension,
      item.mimeType,
      item.attemptCount,
      item.downloadCount,
      item.failureReason,
      item.expireTime,
      item.createTime,
      item.updateTime,
      item.due,
      item.attemptSeconds,
      item.outcome,
      item.plannedSize,
      folded(item.resource),
      fold(item.name),
      folded(item.description),
      folded(item.failureReason),
    )
  }
}

/** For texts that are few and repeat. */
function foldingOnce(): (text: string | null) => string | null {
  const known = new Map<string, string>()
  return (text) => {
    if (text === null) return null
    const folded = known.get(text) ?? fold(text)
    known.set(text, folded)
    return folded
  }
}

export interface DownloadableItem {
  readonly id: number
  readonly status: string
  readonly size: number | null
  readonly extension: string | null
  readonly mimeType: string | null
  readonly name: string
}

export function findItem(database: Database, accountId: number, id: number): DownloadableItem | undefined {
  return database
    .prepare(
      'SELECT id, status, size, extension, mime_type AS mimeType, name FROM items WHERE id = ? AND account_id = ?',
    )
    .get(id, accountId) as DownloadableItem | undefined
}

export function countDownload(database: Database, id: number): void {
  database.write(() => {
    database.prepare('UPDATE items SET download_count = download_count + 1 WHERE id = ?').run(id)
  })
}
