import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import type { Condition } from './item-search.ts'
import { SEARCH_INDEX } from './item-search.ts'

/** What a search has found. */
export interface Matches {
  readonly total: number
  /** The first matches in the order of their ids, up to {@link MAX_LISTED_MATCHES}. */
  readonly firstIds: readonly number[]
}

export const MAX_LISTED_MATCHES = 20_000

/** One pass over the account's items: a list of the first matches, then a count of the rest. */
export function findMatches(database: Database, account: Account, { sql, values }: Condition): Matches {
  const where = `FROM items INDEXED BY ${SEARCH_INDEX} WHERE account_id = $account AND ${sql}`
  const list = database.prepare(`SELECT items.id ${where} ORDER BY items.id LIMIT ${MAX_LISTED_MATCHES}`)
  list.setReturnArrays(true)
  const parameters = { ...values, $account: account.id }
  const firstIds = (list.all(parameters) as unknown as [number][]).map(([id]) => id)
  const last = firstIds.at(-1)
  if (last === undefined || firstIds.length < MAX_LISTED_MATCHES) return { total: firstIds.length, firstIds }
  const rest = database
    .prepare(`SELECT count(*) AS count ${where} AND items.id > $last`)
    .get({ ...parameters, $last: last })
  return { total: firstIds.length + Number(rest?.['count']), firstIds }
}
