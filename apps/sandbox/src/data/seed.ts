import type { CompleteAccount } from './account-setup.ts'
import type { Database } from './database.ts'
import { generateItem } from './generated-item.ts'
import { SAMPLE_ITEM } from './item.ts'
import type { StoredItem } from './item.ts'
import { itemInserter } from './item-store.ts'
import type { Words } from './words.ts'
import { INDEXES, createSchema } from './schema.ts'

export interface SeedOptions {
  readonly accounts: readonly CompleteAccount[]
  readonly seed: number
  readonly words: Words
  /** Sandbox time, in seconds. */
  readonly now: number
  /** Sandbox time minus the clock, in milliseconds. */
  readonly offsetMs: number
}

/** Makes tables and data of a new sandbox. To be called in a transaction. */
export function createData(database: Database, { accounts, seed, words, now, offsetMs }: SeedOptions): void {
  createSchema(database)
  const setSetting = database.prepare('INSERT INTO settings VALUES (?, ?)')
  setSetting.run('seed', seed)
  setSetting.run('created', now)
  setSetting.run('offset_ms', offsetMs)
  for (const [index, setup] of accounts.entries()) {
    const accountId = index + 1
    database
      .prepare('INSERT INTO accounts (id, name, company_id, creator_id, next_id) VALUES (?, ?, ?, ?, ?)')
      .run(accountId, setup.name, setup.companyId, setup.creatorId, setup.firstId)
    for (const token of setup.tokens) database.prepare('INSERT INTO tokens VALUES (?, ?)').run(token, accountId)
    insertGeneratedItems(database, accountId, { ...setup, seed, words, now })
    insertOwnItems(database, accountId, setup)
  }
  database.exec(INDEXES)
}

type GeneratedItems = Pick<CompleteAccount, 'items' | 'firstId' | 'creatorId'> &
  Pick<SeedOptions, 'seed' | 'words' | 'now'>

/** The first item of the range that holds the vendor's sample is that sample. */
export function insertGeneratedItems(database: Database, accountId: number, options: GeneratedItems): void {
  const { items: count, firstId, creatorId, seed, words, now } = options
  const insert = itemInserter(database, accountId)
  for (let index = 0; index < count; index += 1) {
    insert(
      firstId + index === SAMPLE_ITEM.id && hasWordsOf(SAMPLE_ITEM, words)
        ? SAMPLE_ITEM
        : generateItem({ seed, words, firstId, index, count, creatorId, now }),
    )
  }
  database.prepare('UPDATE accounts SET next_id = max(next_id, ?) WHERE id = ?').run(firstId + count, accountId)
}

function hasWordsOf({ resource, extension, mime_type, status }: StoredItem, words: Words): boolean {
  const hasFormat = words.formats.some((format) => format.extension === extension && format.mime_type === mime_type)
  return hasFormat && words.resources.includes(resource) && words.statuses.includes(status)
}

function insertOwnItems(database: Database, accountId: number, { name, exports }: CompleteAccount): void {
  const insert = itemInserter(database, accountId)
  const find = database.prepare('SELECT id FROM items WHERE id = ?')
  for (const item of exports) {
    if (find.get(item.id) !== undefined) {
      throw new RangeError(`accounts: "${name}" has the export ${item.id}, which is there already; give another id`)
    }
    insert(item)
  }
}

/** A number that was stored when the sandbox was created. */
export function readSetting(database: Database, name: 'seed' | 'created' | 'offset_ms'): number {
  const row = database.prepare('SELECT value FROM settings WHERE name = ?').get(name)
  return Number(row?.['value'])
}
