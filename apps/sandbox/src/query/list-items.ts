import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { itemJson } from './item-json.ts'
import { itemOrder } from './item-order.ts'
import type { ItemOrder } from './item-order.ts'
import { searchCondition } from './item-search.ts'
import type { SearchCondition } from './item-search.ts'
import type { ListQuery } from './list-query.ts'

/** The JSON of a page: `total` counts every match, and a page after the last one has no items. */
export function listItems(database: Database, account: Account, query: ListQuery): string {
  const condition = query.search && searchCondition(query.search)
  const total = condition === undefined ? account.itemCount : countMatches(database, account, condition)
  const offset = (query.page.number - 1) * query.page.size
  const size = Math.min(query.page.size, total - offset)
  if (size <= 0) return `{"total":${total},"items":[]}`
  const order = itemOrder(database, { sort: query.sort, itemCount: account.itemCount })
  const items = pageOfItems(database, account, { query, condition, order, offset, size, total })
  return `{"total":${total},"items":[${items.join()}]}`
}

function countMatches(database: Database, account: Account, { sql, text }: SearchCondition): number {
  const row = database
    .prepare(`SELECT count(*) AS count FROM items WHERE account_id = $account AND ${sql}`)
    .get({ $account: account.id, $text: text })
  return Number(row?.['count'])
}

interface PageOptions {
  readonly query: ListQuery
  readonly condition: SearchCondition | undefined
  readonly order: ItemOrder
  readonly offset: number
  readonly size: number
  readonly total: number
}

/** A page in the second half is read from the end: skipping rows is what a deep page costs. */
function pageOfItems(database: Database, account: Account, options: PageOptions): string[] {
  const { query, condition, order, offset, size, total } = options
  const { columns, write } = itemJson(query.members)
  const fromEnd = offset > total / 2
  const statement = database.prepare(
    `SELECT ${columns} FROM items ${order.indexedBy} WHERE account_id = $account ${condition ? `AND ${condition.sql}` : ''}
     ORDER BY ${fromEnd ? order.backward : order.forward} LIMIT $size OFFSET $skipped`,
  )
  statement.setReturnArrays(true)
  const rows = statement.all({
    $account: account.id,
    $size: size,
    $skipped: fromEnd ? total - offset - size : offset,
    ...(condition && { $text: condition.text }),
  })
  const items = (rows as unknown as unknown[][]).map(write)
  return fromEnd ? items.reverse() : items
}

/** The JSON of the envelope of one item; undefined when the account has no such item. */
export function viewItem(
  database: Database,
  account: Account,
  { id, members }: { id: number; members: ListQuery['members'] },
): string | undefined {
  const { columns, write } = itemJson(members)
  const statement = database.prepare(`SELECT ${columns} FROM items WHERE account_id = ? AND items.id = ?`)
  statement.setReturnArrays(true)
  const row = statement.get(account.id, id)
  return row === undefined ? undefined : `{"total":1,"items":[${write(row as unknown as unknown[])}]}`
}
