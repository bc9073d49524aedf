import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { boundedCache } from '../bounded-cache.ts'
import type { Matches } from './item-matches.ts'
import { findMatches } from './item-matches.ts'
import { itemOrder } from './item-order.ts'
import { createItemReader } from './item-reader.ts'
import type { ItemReader, Nulls, Values } from './item-reader.ts'
import type { Condition } from './item-search.ts'
import { searchCondition, searchedItems } from './item-search.ts'
import type { ListQuery } from './list-query.ts'
import { parseListQuery } from './list-query.ts'

export interface ItemLister {
  /**
   * The JSON of a page: `total` counts every match, and a page after the last one has no items.
   *
   * @param search The query string. @throws BadRequest
   */
  list(account: Account, search: string): Uint8Array<ArrayBuffer>
  /** The JSON of the envelope of one item; undefined when the account has no such item. */
  view(account: Account, options: { id: number; members: ListQuery['members'] }): Uint8Array<ArrayBuffer> | undefined
}

/** Searches that are remembered: the next page of one need not count again. Each holds up to 20,000 ids. */
const MAX_SEARCHES = 32
/** Pages that are remembered until an item of their account changes: at most 256 × 64 KB. */
const MAX_PAGES = 256
const MAX_PAGE_BYTES = 65_536

export function createItemLister(database: Database, nulls: Nulls): ItemLister {
  const readItems = createItemReader(database, nulls)
  const searches = boundedCache<Found>(MAX_SEARCHES)
  const pages = boundedCache<Uint8Array<ArrayBuffer>>(MAX_PAGES, (page) => page.length <= MAX_PAGE_BYTES)

  const find = (account: Account, query: ListQuery): Found | undefined => {
    if (query.search === undefined) return undefined
    const { text, members } = query.search
    return searches.get(`${account.id} ${account.searchRevision} ${members.join()} ${text}`, () => {
      const condition = query.search && searchCondition(database, account, query.search)
      return condition === undefined
        ? { condition: NOTHING, matches: { total: 0, firstIds: [] } }
        : { condition, matches: findMatches(database, account, condition) }
    })
  }

  return {
    list: (account, search) =>
      pages.get(`${account.id} ${account.revision} ${search}`, () => {
        const query = parseListQuery(search)
        const found = find(account, query)
        const total = found?.matches.total ?? account.itemCount
        const offset = (query.page.number - 1) * query.page.size
        const size = Math.min(query.page.size, total - offset)
        const items =
          size <= 0 ? undefined : readPage({ database, readItems, account, query, found, total, offset, size })
        return envelope(total, items)
      }),
    view: (account, { id, members }) => {
      const sql = `WHERE items.id = $id AND account_id = ${account.id} LIMIT 1`
      const item = readItems(account, { members, sql, values: { $id: id } })
      return item && envelope(1, item)
    },
  }
}

interface Found {
  readonly condition: Condition
  readonly matches: Matches
}

/** Without the plus, SQLite looks at the values to plan with them, and compiles the statement anew for each call. */
const PAGE = 'LIMIT +$size OFFSET +$offset'

const NOTHING: Condition = { sql: 'FALSE', values: {} }

interface PageOptions {
  readonly database: Database
  readonly readItems: ItemReader
  readonly account: Account
  readonly query: ListQuery
  readonly found: Found | undefined
  readonly total: number
  readonly offset: number
  /** How many items the page really has. */
  readonly size: number
}

function readPage({
  database,
  readItems,
  account,
  query,
  found,
  total,
  offset,
  size,
}: PageOptions): Uint8Array<ArrayBuffer> | undefined {
  const order = itemOrder(database, { sort: query.sort, itemCount: account.itemCount })
  const read = (sql: string, values: Values): Uint8Array<ArrayBuffer> | undefined =>
    readItems(account, { members: query.members, sql, values })

  if (found !== undefined && isSortingCheaper(account, { found, offset, size })) {
    const isById = query.sort.length === 0
    const ids = isById ? found.matches.firstIds.slice(offset, offset + size) : found.matches.firstIds
    return read(
      `WHERE items.id IN (SELECT value FROM json_each($ids)) AND account_id = ${account.id}
       ORDER BY ${order.forward} ${PAGE}`,
      { $ids: JSON.stringify(ids), $size: size, $offset: isById ? 0 : offset },
    )
  }
  const indexed = order.index === undefined ? '' : `INDEXED BY ${order.index}`
  const own =
    found !== undefined && query.sort.length === 0
      ? searchedItems(account)
      : `${indexed} WHERE account_id = ${account.id}`
  const matching = found === undefined ? own : `${own} AND ${found.condition.sql}`
  const values = { ...found?.condition.values, $size: size }
  if (offset <= total / 2) {
    return read(`${matching} ORDER BY ${order.forward} ${PAGE}`, { ...values, $offset: offset })
  }
  // A page in the second half is found from the end: skipping items is what a deep page costs.
  return read(
    `WHERE items.id IN (SELECT items.id FROM items ${matching} ORDER BY ${order.backward} ${PAGE})
     ORDER BY ${order.forward} LIMIT +$size`,
    { ...values, $offset: total - offset - size },
  )
}

function envelope(total: number, items: Uint8Array<ArrayBuffer> | undefined): Uint8Array<ArrayBuffer> {
  return Buffer.concat([Buffer.from(`{"total":${total},"items":[`), items ?? new Uint8Array(), Buffer.from(']}')])
}

/** Microseconds to look at one match and sort it, and to look at one item on the way through an order. */
const SORT_COST = 2
const WALK_COST = 0.7

/** Either all matches are sorted, or the order is walked through until enough matches have come by. */
function isSortingCheaper(
  account: Account,
  { found, offset, size }: Pick<PageOptions, 'offset' | 'size'> & { found: Found },
): boolean {
  const { total, firstIds } = found.matches
  if (firstIds.length < total) return false
  const itemsPerMatch = account.itemCount / Math.max(1, total)
  return total * SORT_COST <= (offset + size) * itemsPerMatch * WALK_COST
}
