import type { Database } from './database.ts'

export interface ItemIndex {
  readonly name: string
  readonly columns: readonly string[]
  /** The account whose items are in it. Default: all, and the account is the first column. */
  readonly accountId?: number
}

/**
 * Makes an index over items unless it is there. A million items take about a second; doing it when an order is first
 * asked for lets a sandbox start without any.
 */
export function ensureItemIndex(database: Database, { name, columns, accountId }: ItemIndex): void {
  if (hasItemIndex(database, name)) return
  const [first, where] = accountId === undefined ? ['account_id, ', ''] : ['', ` WHERE account_id = ${accountId}`]
  database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON items (${first}${columns.join(', ')})${where}`)
}

/** Every account's items in the order of one column. Returns the name of the index. */
export function ensureColumnIndex(database: Database, column: string): string {
  const name = `order_${column}`
  ensureItemIndex(database, { name, columns: [column] })
  return name
}

/** Every account's items in the order of the id; it is always there. */
export const BY_ACCOUNT = 'items_by_account'

export function hasItemIndex(database: Database, name: string): boolean {
  const known = made.get(database) ?? new Set()
  if (known.has(name)) return true
  const row = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?").get(name)
  if (row !== undefined) made.set(database, known.add(name))
  return row !== undefined
}

/** An index that has been made is never taken away. */
const made = new WeakMap<Database, Set<string>>()
