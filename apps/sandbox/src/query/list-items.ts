import { BadRequest } from '@hood-exports/provider'
import { FILTER_KINDS } from '@hood-exports/openapi'
import type { Choices } from '../choices.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { foldedColumn } from '../data/fold.ts'
import type { Condition } from './condition.ts'
import { allOf } from './condition.ts'
import { filterCondition } from './item-filter.ts'
import { itemJsonSql } from './item-json.ts'
import { parseListQuery, readOrder } from './list-query.ts'
import type { ListQuery, Search, SortKey } from './list-query.ts'
import { memberSql } from './member.ts'
import { addTextKey, ignoredInOrders, ignoredInSearch, textKey, textKeySql } from './text-key.ts'

export interface ItemLister {
  /**
   * The JSON of a page: `total` counts every match. Undefined for a page after the last one that is a 404.
   *
   * @param search The query string. @throws BadRequest
   */
  list(account: Account, search: string): string | undefined
  /** The JSON of the envelope of one item; undefined when the account has no such item. */
  view(account: Account, options: Pick<ListQuery, 'members' | 'by'> & { id: number }): string | undefined
}

export function createItemLister(database: Database, choices: Choices): ItemLister {
  addTextKey(database)
  const isTotalText = choices['numbers.form'].total === 'text'
  const more = choices['envelope.undocumented'].map((name) => `,${JSON.stringify(name)}:null`).join('')
  const envelope = (total: number, items: readonly unknown[]): string =>
    `{"total":${isTotalText ? `"${total}"` : total},"items":[${items.join()}]${more}}`
  return {
    list: (account, search) => {
      const { members, by, sort, page, search: searched, filters } = parseListQuery(search, choices)
      const { sql, values } = allOf([
        { sql: 'account_id = $account', values: { $account: account.id } },
        ...filters.map((filter, place) => filterCondition(filter, place, choices)),
        ...(searched === undefined ? [] : [searchCondition(searched, choices)]),
      ])
      const total = Number(database.prepare(`SELECT count(*) AS total FROM items WHERE ${sql}`).get(values)?.['total'])
      const number = pageNumber(page, total, choices)
      if (number === 'missing') return undefined
      const offset = (number - 1) * page.size
      if (offset >= total) return envelope(total, [])
      const items = database
        .prepare(
          `SELECT ${itemJsonSql({ members, by, choices })} AS json FROM items WHERE ${sql} ORDER BY ${order(sort, choices)} LIMIT $size OFFSET $offset`,
        )
        .all({ ...values, $size: page.size, $offset: offset })
      return envelope(
        total,
        items.map(({ json }) => json),
      )
    },
    view: (account, { id, members, by }) => {
      const item = database
        .prepare(`SELECT ${itemJsonSql({ members, by, choices })} AS json FROM items WHERE id = ? AND account_id = ?`)
        .get(id, account.id)
      return item && envelope(1, [item['json']])
    },
  }
}

/** The page that is sent for the one that was asked for. The first one is never past the end. @throws BadRequest */
function pageNumber({ number, size }: ListQuery['page'], total: number, choices: Choices): number | 'missing' {
  const last = Math.max(1, Math.ceil(total / size))
  if (number <= last) return number
  const pastEnd = choices['page.past-end']
  switch (pastEnd) {
    case 'empty':
      return number
    case 'last-page':
      return last
    case 'first-page':
      return 1
    case 'missing':
      return 'missing'
    case 'refused':
      throw new BadRequest(`"page" does not take the page ${number}: the last one is ${last}`)
    default:
      return pastEnd satisfies never
  }
}

/** Ties are broken in the direction of the first key: `-x` is exactly the reverse of `x`. */
function order(sort: readonly SortKey[], choices: Choices): string {
  const isReversed = sort[0]?.direction === 'descending'
  const ties = readOrder([...choices['sort.ties'], 'id']).map(({ member, direction }): SortKey => ({
    member,
    direction: (direction === 'descending') === isReversed ? 'ascending' : 'descending',
  }))
  const keys = [...sort, ...ties.filter((tie) => !sort.some(({ member }) => member === tie.member))]
  return keys.map((key) => orderBy(key, choices)).join(', ')
}

function orderBy({ member, direction }: SortKey, choices: Choices): string {
  // Ids are digits of numbers.
  if (member === 'id') return `items.id ${direction === 'descending' ? 'DESC' : 'ASC'}`
  const value = memberSql(member, choices)
  const key = FILTER_KINDS[member] === 'text' ? textKeySql(value, ignoredInOrders(choices)) : value
  // SQLite has nulls first.
  const nulls = choices['sort.nulls'] === 'first' ? '' : direction === 'descending' ? ' NULLS FIRST' : ' NULLS LAST'
  return `${key} ${direction === 'descending' ? 'DESC' : 'ASC'}${nulls}`
}

/** A substring match in any of the members. */
function searchCondition({ text, members }: Search, choices: Choices): Condition {
  const ignored = ignoredInSearch(choices)
  const parts = members.map((member) => {
    if (member === 'id') return 'instr(items.id, $text) > 0'
    // Without case is stored, so that it is fast.
    const key = ignored.join() === 'case' ? foldedColumn(member) : textKeySql(`items.${member}`, ignored)
    return `instr(${key}, $text) > 0`
  })
  return { sql: `(${parts.join(' OR ')})`, values: { $text: textKey(text, ignored) } }
}
