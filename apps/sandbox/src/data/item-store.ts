import type { Database } from './database.ts'
import { fold } from './fold.ts'
import type { StoredItem } from './item.ts'

const INSERT = `INSERT INTO items (id, account_id, creator_id, resource, status, name, description_id, size, extension,
  mime_type, attempt_count, download_count, failure_reason_id, expire_time, create_time, update_time, name_folded, due,
  attempt_seconds, outcome, planned_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Returns a function that inserts items of one account; it remembers the texts that it has already stored. */
export function itemInserter(database: Database, accountId: number): (item: StoredItem) => void {
  const insert = database.prepare(INSERT)
  const textIds = new Map<string, number>()
  const textId = (text: string | null): number | null => {
    if (text === null) return null
    const known = textIds.get(text)
    if (known !== undefined) return known
    const id = storeText(database, text)
    textIds.set(text, id)
    return id
  }
  return (item) => {
    insert.run(
      item.id,
      accountId,
      item.creatorId,
      item.resource,
      item.status,
      item.name,
      textId(item.description),
      item.size,
      item.extension,
      item.mimeType,
      item.attemptCount,
      item.downloadCount,
      textId(item.failureReason),
      item.expireTime,
      item.createTime,
      item.updateTime,
      fold(item.name),
      item.due,
      item.attemptSeconds,
      item.outcome,
      item.plannedSize,
    )
  }
}

/** The id of a text, stored when it is new. */
export function storeText(database: Database, text: string): number {
  database
    .prepare('INSERT OR IGNORE INTO texts (value, folded, json) VALUES (?, ?, json_quote(?))')
    .run(text, fold(text), text)
  const row = database.prepare('SELECT id FROM texts WHERE value = ?').get(text) as { id: number }
  return row.id
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
