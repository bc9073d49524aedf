import type { Database } from './database.ts'

/**
 * Makes an index over an account's items unless it is there. A million items take about a second; doing it when an
 * order is first asked for lets a sandbox start without any.
 */
export function ensureItemIndex(database: Database, name: string, columns: readonly string[]): void {
  if (!hasItemIndex(database, name)) {
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON items (account_id, ${columns.join(', ')})`)
  }
}

export function hasItemIndex(database: Database, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?").get(name) !== undefined
}
