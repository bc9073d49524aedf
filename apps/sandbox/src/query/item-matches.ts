import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import type { Condition, Values } from './condition.ts'
import { allOf } from './condition.ts'
import { filterCondition, filterSource } from './item-filter.ts'
import { searchCondition, searchIndex } from './item-search.ts'
import type { ListQuery } from './list-query.ts'

/** What filters and a search have found. */
export interface Matches {
  readonly condition: Condition
  readonly total: number
  /** All of them, in no order; undefined when they are more than {@link MAX_LISTED_MATCHES}. */
  readonly ids: readonly number[] | undefined
}

const MAX_LISTED_MATCHES = 20_000
const NO_MATCHES: Matches = { condition: { sql: 'FALSE', values: {} }, total: 0, ids: [] }

export function findMatches(
  database: Database,
  account: Account,
  { search, filters }: Pick<ListQuery, 'search' | 'filters'>,
): Matches {
  const searched = search && searchCondition(database, account, search)
  if (search !== undefined && searched === undefined) return NO_MATCHES
  const filtered = filters.map((filter, place) => ({
    source: filterSource(database, filter),
    condition: filterCondition(database, account, { filter, place }),
  }))
  const condition = allOf([...filtered.map((part) => part.condition), ...(searched === undefined ? [] : [searched])])
  const from = `${cheapestSource(database, account, { filtered, searched })} AND ${condition.sql}`
  const list = database.prepare(`SELECT items.id ${from} LIMIT ${MAX_LISTED_MATCHES + 1}`)
  list.setReturnArrays(true)
  const ids = (list.all(condition.values) as unknown as [number][]).map(([id]) => id)
  if (ids.length <= MAX_LISTED_MATCHES) return { condition, total: ids.length, ids }
  return { condition, total: count(database, from, condition.values), ids: undefined }
}

interface Filtered {
  /** Which index answers the filter, for `FROM items`. */
  readonly source: string
  readonly condition: Condition
}

/**
 * Where to read items from: what one index finds is looked at one by one for the other conditions. To count what an
 * index finds takes a small part of that.
 */
function cheapestSource(
  database: Database,
  account: Account,
  { filtered, searched }: { readonly filtered: readonly Filtered[]; readonly searched: Condition | undefined },
): string {
  const from = (source: string): string => `FROM items ${source} WHERE account_id = ${account.id}`
  const [first] = filtered
  if (first !== undefined && filtered.length === 1 && searched === undefined) return from(first.source)
  const counted = filtered.map(({ source, condition }) => ({
    source,
    found: count(database, `${from(source)} AND ${condition.sql}`, condition.values),
  }))
  const [best] = counted.toSorted((one, other) => one.found - other.found)
  const isFew = best !== undefined && (searched === undefined || best.found <= MAX_LISTED_MATCHES)
  return from(isFew ? best.source : `INDEXED BY ${searchIndex(account)}`)
}

function count(database: Database, from: string, values: Values): number {
  return Number(database.prepare(`SELECT count(*) AS count ${from}`).get(values)?.['count'])
}
