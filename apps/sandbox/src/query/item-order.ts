import { MEMBER_SQL } from '../data/item-store.ts'
import type { Database } from '../data/database.ts'
import type { SortKey } from './list-query.ts'

/** A total order of an account's items, in SQL. */
export interface ItemOrder {
  /** For `ORDER BY`. */
  readonly forward: string
  /** Exactly the other way round. */
  readonly backward: string
  /** `INDEXED BY …`, or empty when there is no index of this order. */
  readonly indexedBy: string
}

/** Orders of several keys get an index of their own only where sorting is slow. */
const INDEX_SEVERAL_KEYS_FROM_ITEMS = 5_000
/** Each further index slows writes and takes memory. */
const MAX_INDEXES_OF_SEVERAL_KEYS = 16

export interface ItemOrderOptions {
  readonly sort: readonly SortKey[]
  /** How many items the account has. */
  readonly itemCount: number
}

/**
 * Ties are broken by the id, in the direction of the first key: `-x` is exactly the reverse of `x`, so that one index
 * serves both. Without keys the order is by id. Null comes before every value. Texts are ordered by code point.
 *
 * An index is made when an order is first used, so that a sandbox of a million items starts without any.
 */
export function itemOrder(database: Database, { sort, itemCount }: ItemOrderOptions): ItemOrder {
  const isBackward = sort[0]?.direction === 'descending'
  const keys = sort.map(({ member, direction }) => ({
    expression: MEMBER_SQL[member],
    isDescending: (direction === 'descending') !== isBackward,
  }))
  const terms = [...keys, { expression: 'items.id', isDescending: false }]
  const ascending = terms.map(({ expression, isDescending }) => `${expression} ${isDescending ? 'DESC' : 'ASC'}`).join(', ')
  const descending = terms.map(({ expression, isDescending }) => `${expression} ${isDescending ? 'ASC' : 'DESC'}`).join(', ')
  const index = ensureIndex(database, keys, itemCount)
  return {
    forward: isBackward ? descending : ascending,
    backward: isBackward ? ascending : descending,
    indexedBy: index === undefined ? '' : `INDEXED BY ${index}`,
  }
}

interface IndexKey {
  readonly expression: string
  readonly isDescending: boolean
}

const COLUMN = /^items\.([a-z_]+)$/

function ensureIndex(database: Database, keys: readonly IndexKey[], itemCount: number): string | undefined {
  if (keys.length === 0) return 'items_by_account'
  const columns: { name: string; isDescending: boolean }[] = []
  for (const { expression, isDescending } of keys) {
    const name = COLUMN.exec(expression)?.[1]
    if (name === undefined) return undefined
    columns.push({ name, isDescending })
  }
  const index = `order_${columns.map(({ name, isDescending }) => (isDescending ? `${name}_desc` : name)).join('__')}`
  if (hasIndex(database, index)) return index
  if (keys.length > 1) {
    if (itemCount < INDEX_SEVERAL_KEYS_FROM_ITEMS) return undefined
    if (countIndexesOfSeveralKeys(database) >= MAX_INDEXES_OF_SEVERAL_KEYS) return undefined
  }
  const list = columns.map(({ name, isDescending }) => (isDescending ? `${name} DESC` : name)).join(', ')
  database.exec(`CREATE INDEX IF NOT EXISTS ${index} ON items (account_id, ${list})`)
  return index
}

function hasIndex(database: Database, name: string): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?").get(name) !== undefined
}

function countIndexesOfSeveralKeys(database: Database): number {
  const row = database
    .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE type = 'index' AND name GLOB 'order_*__*'")
    .get()
  return Number(row?.['count'])
}
