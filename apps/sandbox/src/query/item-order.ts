import type { Database } from '../data/database.ts'
import { ensureItemIndex, hasItemIndex } from '../data/item-index.ts'
import type { SortKey } from './list-query.ts'
import { MEMBER_SOURCES } from './member.ts'

/** A total order of an account's items, in SQL. */
export interface ItemOrder {
  /** For `ORDER BY`. */
  readonly forward: string
  /** Exactly the other way round. */
  readonly backward: string
  /** The index that has this order; undefined: the items have to be sorted. */
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
 * serves both. Without keys the order is by id. Null comes before every value. Texts are ordered by code point.
 */
export function itemOrder(database: Database, { sort, itemCount }: ItemOrderOptions): ItemOrder {
  const isBackward = sort[0]?.direction === 'descending'
  const keys = sort.map(({ member, direction }) => ({
    sql: MEMBER_SOURCES[member].sortedBy,
    isDescending: (direction === 'descending') !== isBackward,
  }))
  const terms = [...keys, { sql: 'items.id', isDescending: false }]
  const ascending = terms.map(({ sql, isDescending }) => `${sql} ${isDescending ? 'DESC' : 'ASC'}`).join(', ')
  const descending = terms.map(({ sql, isDescending }) => `${sql} ${isDescending ? 'ASC' : 'DESC'}`).join(', ')
  return {
    forward: isBackward ? descending : ascending,
    backward: isBackward ? ascending : descending,
    index: orderIndex(database, keys, itemCount),
  }
}

interface OrderKey {
  readonly sql: string
  readonly isDescending: boolean
}

const COLUMN = /^items\.([a-z_]+)$/

function orderIndex(database: Database, keys: readonly OrderKey[], itemCount: number): string | undefined {
  if (keys.length === 0) return 'items_by_account'
  const columns = keys.map(({ sql, isDescending }) => ({ column: COLUMN.exec(sql)?.[1], isDescending }))
  if (columns.some(({ column }) => column === undefined)) return undefined
  const name = `order_${columns.map(({ column, isDescending }) => `${column}${isDescending ? '_desc' : ''}`).join('__')}`
  const isWorthIt = keys.length === 1 || itemCount >= INDEX_SEVERAL_KEYS_FROM_ITEMS
  if (!hasItemIndex(database, name)) {
    if (!isWorthIt || (keys.length > 1 && indexesOfSeveralKeys(database) >= MAX_INDEXES_OF_SEVERAL_KEYS))
      return undefined
    ensureItemIndex(database, {
      name,
      columns: columns.map(({ column, isDescending }) => `${column} ${isDescending ? 'DESC' : 'ASC'}`),
    })
  }
  return name
}

function indexesOfSeveralKeys(database: Database): number {
  const row = database
    .prepare("SELECT count(*) AS count FROM sqlite_schema WHERE type = 'index' AND name GLOB 'order_*__*'")
    .get()
  return Number(row?.['count'])
}
