import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { boundedCache } from '../bounded-cache.ts'
import type { Values } from './condition.ts'
import type { Matches } from './item-matches.ts'
import { findMatches } from './item-matches.ts'
import { itemOrder } from './item-order.ts'
import { createItemReader } from './item-reader.ts'
import type { WireForm } from './item-reader.ts'
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

/** Orders whose ids are remembered until an item of their account changes: each takes a few KB. */
const MAX_ORDERS = 64
/** In larger accounts it takes too long to read all ids after each change. */
const MAX_ORDERED_ITEMS = 2_000
/** To skip fewer items than these is not worth it. */
const MANY_SKIPPED = 50

export function createItemLister(database: Database, form: WireForm): ItemLister {
  const readItems = createItemReader(database, form)
  const envelope = (total: number, items = ''): Uint8Array<ArrayBuffer> =>
    Buffer.from(`{"total":${form.numbers === 'text' ? `"${total}"` : total},"items":[${items}]}`)
  const searches = boundedCache<Matches>(MAX_SEARCHES)
  const orders = boundedCache<readonly number[]>(MAX_ORDERS)
  const pages = boundedCache<Uint8Array<ArrayBuffer>>(MAX_PAGES, (page) => page.length <= MAX_PAGE_BYTES)

  /** Undefined: nothing is asked for but the account's items. */
  const find = (account: Account, query: ListQuery): Matches | undefined => {
    const { search, filters } = query
    if (search === undefined && filters.length === 0) return undefined
    // A filter may look at any member, a search at few of them.
    const revision = filters.length === 0 ? `texts ${account.searchRevision}` : account.revision
    const key = `${account.id} ${revision} ${JSON.stringify({ search, filters })}`
    return searches.get(key, () => findMatches(database, account, query))
  }

  /** All ids of an account, in the order of the query. */
  const orderedIds = (account: Account, query: ListQuery): readonly number[] => {
    const order = query.sort.map(({ member, direction }) => `${member} ${direction}`).join()
    const size = account.itemCount
    return orders.get(`${account.id} ${account.revision} ${order}`, () =>
      pageIds({ database, account, query, found: undefined, total: size, offset: 0, size }),
    )
  }

  return {
    list: (account, search) =>
      pages.get(`${account.id} ${account.revision} ${search}`, () => {
        const query = parseListQuery(search)
        const found = find(account, query)
        const total = found?.total ?? account.itemCount
        const offset = (query.page.number - 1) * query.page.size
        const size = Math.min(query.page.size, total - offset)
        if (size <= 0) return envelope(total)
        const isRemembered = found === undefined && total <= MAX_ORDERED_ITEMS && offset >= MANY_SKIPPED
        const ids = isRemembered
          ? orderedIds(account, query).slice(offset, offset + size)
          : pageIds({ database, account, query, found, total, offset, size })
        return envelope(total, readItems(account, { members: query.members, ids }))
      }),
    view: (account, { id, members }) => {
      const item = readItems(account, { members, ids: [id] })
      return item === '' ? undefined : envelope(1, item)
    },
  }
}

/** Without the plus, SQLite looks at the values to plan with them, and compiles the statement anew for each call. */
const PAGE = 'LIMIT +$size OFFSET +$offset'

interface PageOptions {
  readonly database: Database
  readonly account: Account
  readonly query: ListQuery
  readonly found: Matches | undefined
  readonly total: number
  readonly offset: number
  /** How many items the page really has. */
  readonly size: number
}

function pageIds({ database, account, query, found, total, offset, size }: PageOptions): number[] {
  const order = itemOrder(database, { sort: query.sort, itemCount: account.itemCount })
  const read = (sql: string, values: Values): number[] => {
    const statement = database.prepare(`SELECT items.id FROM items ${sql} ${PAGE}`)
    statement.setReturnArrays(true)
    return (statement.all({ ...values, $size: size }) as unknown as [number][]).map(([id]) => id)
  }

  const listed = found?.ids
  if (listed !== undefined && isSortingCheaper(account, { matches: listed.length, offset, size })) {
    // Told to use no index, SQLite looks each one up by its id; it would rather go through all items in this order.
    const own = `NOT INDEXED WHERE items.id IN (SELECT value FROM json_each($ids)) AND account_id = ${account.id}`
    return read(`${own} ORDER BY ${order.forward}`, { $ids: JSON.stringify(listed), $offset: offset })
  }
  const indexed = order.index === undefined ? '' : `INDEXED BY ${order.index}`
  const own = `${indexed} WHERE account_id = ${account.id}`
  const matching = found === undefined ? own : `${own} AND ${found.condition.sql}`
  const values = { ...found?.condition.values }
  if (offset <= total / 2) return read(`${matching} ORDER BY ${order.forward}`, { ...values, $offset: offset })
  // A page in the second half is found from the end: skipping items is what a deep page costs.
  return read(`${matching} ORDER BY ${order.backward}`, { ...values, $offset: total - offset - size }).toReversed()
}

/** Microseconds to look at one match and sort it, and to look at one item on the way through an order. */
const SORT_COST = 2
const WALK_COST = 0.7

/** Either all matches are sorted, or the order is walked through until enough matches have come by. */
function isSortingCheaper(
  account: Account,
  { matches, offset, size }: Pick<PageOptions, 'offset' | 'size'> & { readonly matches: number },
): boolean {
  const itemsPerMatch = account.itemCount / Math.max(1, matches)
  return matches * SORT_COST <= (offset + size) * itemsPerMatch * WALK_COST
}
