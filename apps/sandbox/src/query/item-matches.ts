import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import type { Condition } from './item-search.ts'
import { searchedItems } from './item-search.ts'

/** What a search has found. */
export interface Matches {
  readonly total: number
  /** The first matches in the order of their ids, up to {@link MAX_LISTED_MATCHES}. */
  readonly firstIds: readonly number[]
}

export const MAX_LISTED_MATCHES = 20_000

/** One pass over the account's items: a list of the first matches, then a count of the rest. */
export function findMatches(database: Database, account: Account, { sql, values }: Condition): Matches {
  const where = `FROM items ${searchedItems(account)} AND ${sql}`
  const list = database.prepare(`SELECT items.id ${where} ORDER BY items.id LIMIT ${MAX_LISTED_MATCHES}`)
  list.setReturnArrays(true)
  const firstIds = (list.all(values) as unknown as [number][]).map(([id]) => id)
  const last = firstIds.at(-1)
  if (last === undefined || firstIds.length < MAX_LISTED_MATCHES) return { total: firstIds.length, firstIds }
  const rest = database
    .prepare(`SELECT count(*) AS count ${where} AND items.id > $last`)
    .get({ ...values, $last: last })
  return { total: firstIds.length + Number(rest?.['count']), firstIds }
}
