import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { fold, foldedColumn } from '../data/fold.ts'
import type { Condition } from './condition.ts'
import { allOf } from './condition.ts'
import { filterCondition } from './item-filter.ts'
import { parseListQuery } from './list-query.ts'
import type { ListQuery, Search, SortKey } from './list-query.ts'
import { memberSql } from './member.ts'
import { itemJsonSql } from './wire-form.ts'
import type { WireForm } from './wire-form.ts'

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

export function createItemLister(database: Database, form: WireForm): ItemLister {
  const envelope = (total: number, items: readonly unknown[]): string =>
    `{"total":${form.numbers === 'text' ? `"${total}"` : total},"items":[${items.join()}]}`
  return {
    list: (account, search) => {
      const { members, sort, page, search: searched, filters } = parseListQuery(search)
      const { sql, values } = allOf([
        { sql: 'account_id = $account', values: { $account: account.id } },
        ...filters.map(filterCondition),
        ...(searched === undefined ? [] : [searchCondition(searched)]),
      ])
      const total = Number(database.prepare(`SELECT count(*) AS total FROM items WHERE ${sql}`).get(values)?.['total'])
      const offset = (page.number - 1) * page.size
      if (offset >= total) return envelope(total, [])
      const items = database
        .prepare(
          `SELECT ${itemJsonSql(members, form)} AS json FROM items WHERE ${sql} ORDER BY ${order(sort)} LIMIT $size OFFSET $offset`,
        )
        .all({ ...values, $size: page.size, $offset: offset })
      return envelope(
        total,
        items.map(({ json }) => json),
      )
    },
    view: (account, { id, members }) => {
      const item = database
        .prepare(`SELECT ${itemJsonSql(members, form)} AS json FROM items WHERE id = ? AND account_id = ?`)
        .get(id, account.id)
      return item && envelope(1, [item['json']])
    },
  }
}

/**
 * Ties are broken by the id, in the direction of the first key: `-x` is exactly the reverse of `x`. Null comes before
 * every value. Texts are ordered by code point.
 */
function order(sort: readonly SortKey[]): string {
  const keys = sort.map(
    ({ member, direction }) => `${memberSql(member)} ${direction === 'descending' ? 'DESC' : 'ASC'}`,
  )
  return [...keys, `items.id ${sort[0]?.direction === 'descending' ? 'DESC' : 'ASC'}`].join(', ')
}

/** A substring match in any of the members, without case. */
function searchCondition({ text, members }: Search): Condition {
  const parts = members.map((member) => `instr(${member === 'id' ? 'items.id' : foldedColumn(member)}, $text) > 0`)
  return { sql: `(${parts.join(' OR ')})`, values: { $text: fold(text) } }
}
