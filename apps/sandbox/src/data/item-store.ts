import type { Database } from './database.ts'
import { FOLDED_MEMBERS, fold, foldedColumn } from './fold.ts'
import { SAMPLE_ITEM } from './item.ts'
import type { StoredItem } from './item.ts'
import { formatTimestamp } from './timestamp.ts'

const STORED = Object.keys(SAMPLE_ITEM) as (keyof StoredItem)[]
const COLUMNS = ['account_id', ...FOLDED_MEMBERS.map(foldedColumn), ...STORED]
const INSERT = `INSERT INTO items (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`

/** Returns a function that inserts items of one account. */
export function itemInserter(database: Database, accountId: number): (item: StoredItem) => void {
  const insert = database.prepare(INSERT)
  const folded = foldingOnce()
  return (item) => {
    const search = FOLDED_MEMBERS.map((member) => (member === 'name' ? fold(item.name) : folded(item[member])))
    insert.run(accountId, ...search, ...STORED.map((name) => item[name]))
  }
}

/** The id of a copy that has not been attempted yet. To be called in a transaction. */
export function copyItem(database: Database, from: number, { id, now }: { id: number; now: number }): number {
  const time = formatTimestamp(now)
  const changed: Readonly<Record<string, string | number>> = {
    id,
    attempt_count: 0,
    download_count: 0,
    create_time: time,
    update_time: time,
  }
  const values = COLUMNS.map((name) => (name in changed ? '?' : name))
  database
    .prepare(`INSERT INTO items (${COLUMNS.join(', ')}) SELECT ${values.join(', ')} FROM items WHERE id = ?`)
    .run(...COLUMNS.flatMap((name) => changed[name] ?? []), from)
  return id
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
  readonly mime_type: string | null
  readonly name: string
}

export function findItem(database: Database, accountId: number, id: number): DownloadableItem | undefined {
  return database
    .prepare('SELECT id, status, size, extension, mime_type, name FROM items WHERE id = ? AND account_id = ?')
    .get(id, accountId) as DownloadableItem | undefined
}

export function countDownload(database: Database, id: number): void {
  database.write(() => {
    database.prepare('UPDATE items SET download_count = download_count + 1 WHERE id = ?').run(id)
  })
}
