import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { boundedCache } from '../bounded-cache.ts'
import type { Matches } from './item-matches.ts'
import { findMatches } from './item-matches.ts'
import { itemOrder } from './item-order.ts'
import { createItemReader } from './item-reader.ts'
import type { ItemReader } from './item-reader.ts'
import type { Condition } from './item-search.ts'
import { SEARCH_INDEX, searchCondition } from './item-search.ts'
import type { ListQuery } from './list-query.ts'
import { parseListQuery } from './list-query.ts'

export interface ItemLister {
  /**
   * The JSON of a page: `total` counts every match, and a page after the last one has no items.
   *
   * @param search The query string. @throws BadRequest
   */
  list(account: Account, search: string): string
  /** The JSON of the envelope of one item; undefined when the account has no such item. */
  view(account: Account, options: { id: number; members: ListQuery['members'] }): string | undefined
}

/** Searches that are remembered: the next page of one need not count again. Each holds up to 20,000 ids. */
const MAX_SEARCHES = 32
/** Pages that are remembered until an item of their account changes: at most 256 × 64 K characters. */
const MAX_PAGES = 256
const MAX_PAGE_LENGTH = 65_536

export function createItemLister(database: Database): ItemLister {
  const reader = createItemReader(database)
  const searches = boundedCache<Found>(MAX_SEARCHES)
  const pages = boundedCache<string>(MAX_PAGES, (page) => page.length <= MAX_PAGE_LENGTH)

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
    list: (account, search) => pages.get(`${account.id} ${account.revision} ${search}`, () => {
      const query = parseListQuery(search)
      const found = find(account, query)
      const total = found?.matches.total ?? account.itemCount
      const offset = (query.page.number - 1) * query.page.size
      const size = Math.min(query.page.size, total - offset)
      const items = size <= 0 ? [] : readPage({ database, reader, account, query, found, total, offset, size })
      return `{"total":${total},"items":[${items.join()}]}`
    }),
    view: (account, { id, members }) => {
      const [item] = reader.read(account, members, 'WHERE items.id = $id AND account_id = $account', {
        $id: id,
        $account: account.id,
      })
      return item === undefined ? undefined : `{"total":1,"items":[${item}]}`
    },
  }
}

interface Found {
  readonly condition: Condition
  readonly matches: Matches
}

const NOTHING: Condition = { sql: 'FALSE', values: {} }

interface PageOptions {
  readonly database: Database
  readonly reader: ItemReader
  readonly account: Account
  readonly query: ListQuery
  readonly found: Found | undefined
  readonly total: number
  readonly offset: number
  /** How many items the page really has. */
  readonly size: number
}

function readPage({ database, reader, account, query, found, total, offset, size }: PageOptions): string[] {
  const order = itemOrder(database, { sort: query.sort, itemCount: account.itemCount })
  if (found !== undefined && isSortingCheaper(account, { found, offset, size })) {
    const isById = query.sort.length === 0
    const ids = isById ? found.matches.firstIds.slice(offset, offset + size) : found.matches.firstIds
    return reader.read(
      account,
      query.members,
      // The account again: an id may have been deleted and come back elsewhere within one revision, never elsewhere's.
      `WHERE items.id IN (SELECT value FROM json_each($ids)) AND account_id = $account
       ORDER BY ${order.forward} LIMIT $size OFFSET $offset`,
      { $account: account.id, $ids: JSON.stringify(ids), $size: size, $offset: isById ? 0 : offset },
    )
  }
  // A page in the second half is read from the end: skipping rows is what a deep page costs.
  const fromEnd = offset > total / 2
  const index = found !== undefined && query.sort.length === 0 ? SEARCH_INDEX : order.index
  const items = reader.read(
    account,
    query.members,
    `${index === undefined ? '' : `INDEXED BY ${index}`} WHERE account_id = $account ${found ? `AND ${found.condition.sql}` : ''}
     ORDER BY ${fromEnd ? order.backward : order.forward} LIMIT $size OFFSET $offset`,
    { ...found?.condition.values, $account: account.id, $size: size, $offset: fromEnd ? total - offset - size : offset },
  )
  return fromEnd ? items.reverse() : items
}

/** Microseconds to look at one match and sort it, and to look at one item on the way through an order. */
const SORT_COST = 2
const WALK_COST = 0.7

/** Either all matches are sorted, or the order is walked through until enough matches have come by. */
function isSortingCheaper(account: Account, { found, offset, size }: Pick<PageOptions, 'offset' | 'size'> & { found: Found }): boolean {
  const { total, firstIds } = found.matches
  if (firstIds.length < total) return false
  const itemsPerMatch = account.itemCount / Math.max(1, total)
  return total * SORT_COST <= (offset + size) * itemsPerMatch * WALK_COST
}
