import type { Database } from '../data/database.ts'
import { BY_ACCOUNT, ensureItemIndex, hasItemIndex } from '../data/item-index.ts'
import type { SortKey } from './list-query.ts'
import { MEMBER_SOURCES } from './member.ts'

/** A total order of an account's items, in SQL. */
export interface ItemOrder {
  /** For `ORDER BY`. */
  readonly forward: string
  /** Exactly the other way round. */
  readonly backward: string
  /** The index to read from, be it that it has this order or that sorting is cheapest from it; undefined: SQLite's choice. */
  readonly index: string | undefined
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
 * serves both. Null comes before every value. Texts are ordered by code point.
 */
export function itemOrder(database: Database, { sort, itemCount }: ItemOrderOptions): ItemOrder {
  const isBackward = sort[0]?.direction === 'descending'
  const keys = sort.map(({ member, direction }) => ({
    ...MEMBER_SOURCES[member],
    isDescending: (direction === 'descending') !== isBackward,
  }))
  const terms = [...keys, { value: 'items.id', isDescending: false }]
  const ascending = terms.map(({ value, isDescending }) => `${value} ${isDescending ? 'DESC' : 'ASC'}`).join(', ')
  const descending = terms.map(({ value, isDescending }) => `${value} ${isDescending ? 'ASC' : 'DESC'}`).join(', ')
  return {
    forward: isBackward ? descending : ascending,
    backward: isBackward ? ascending : descending,
    index: orderIndex(database, keys, itemCount),
  }
}

interface OrderKey {
  readonly column: string
  readonly isDescending: boolean
}

/** Few items share a value of these: sorting those few by the further keys takes no time. */
const NEARLY_UNIQUE: readonly string[] = ['name', 'create_time', 'update_time']

function orderIndex(database: Database, keys: readonly OrderKey[], itemCount: number): string | undefined {
  const needed = NEARLY_UNIQUE.includes(keys[0]?.column ?? '') ? keys.slice(0, 1) : keys
  const name = `order_${needed.map(({ column, isDescending }) => `${column}${isDescending ? '_desc' : ''}`).join('__')}`
  if (hasItemIndex(database, name)) return name
  if (needed.length > 1) {
    if (itemCount < INDEX_SEVERAL_KEYS_FROM_ITEMS) return undefined
    if (indexesOfSeveralKeys(database) >= MAX_INDEXES_OF_SEVERAL_KEYS) {
      // SQLite sorts what it reads from this faster than what it reads in an order of one key.
      return BY_ACCOUNT
    }
  }
  ensureItemIndex(database, {
    name,
    columns: needed.map(({ column, isDescending }) => `${column} ${isDescending ? 'DESC' : 'ASC'}`),
  })
  return name
}

function indexesOfSeveralKeys(database: Database): number {
  const row = database
    .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE type = 'index' AND name GLOB 'order_*__*'")
    .get()
  return Number(row?.['count'])
}
