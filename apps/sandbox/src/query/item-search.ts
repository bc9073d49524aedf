import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { fold } from '../data/fold.ts'
import { ensureColumnIndex, ensureItemIndex } from '../data/item-index.ts'
import type { Condition, Values } from './condition.ts'
import type { Search, SearchableMember } from './list-query.ts'

/**
 * In the order of the id, with all that a search looks at: a search reads this instead of the whole items. Each account
 * has one of its own: then nothing has to be asked of each item but whether it matches.
 */
const SEARCH_COLUMNS = ['id', 'name_folded', 'description_id', 'failure_reason_id', 'resource']

export function searchIndex({ id }: Account): string {
  return `search_of_${id}`
}

/** Longer lists of texts are left to SQLite. */
const MAX_LISTED = 64
/** SQLite's integers have 63 bits beside the sign. */
const MAX_MASKED_ID = 62

/**
 * A substring match in any of the members, without case. Members whose values repeat (descriptions, failure reasons,
 * resources) are searched once per value, not once per item. Undefined: nothing can match.
 */
export function searchCondition(database: Database, account: Account, search: Search): Condition | undefined {
  ensureItemIndex(database, { name: searchIndex(account), columns: SEARCH_COLUMNS, accountId: account.id })
  const text = fold(search.text)
  const values: Values = {}
  // The cheap ones first: what they find need not be looked at by the others.
  const parts = CHEAPEST_FIRST.filter((member) => search.members.includes(member)).map((member) =>
    CONDITIONS[member]({ database, account, text, values }),
  )
  const possible = parts.filter((part) => part !== undefined)
  return possible.length === 0 ? undefined : { sql: `(${possible.join(' OR ')})`, values }
}

interface ConditionOptions {
  readonly database: Database
  readonly account: Account
  /** Folded. */
  readonly text: string
  /** Takes the parameters of the condition. */
  readonly values: Values
}

const CHEAPEST_FIRST: readonly SearchableMember[] = ['description', 'failure_reason', 'resource', 'name', 'id']

const CONDITIONS: Readonly<Record<SearchableMember, (options: ConditionOptions) => string | undefined>> = {
  description: (options) => textCondition('items.description_id', options),
  failure_reason: (options) => textCondition('items.failure_reason_id', options),
  resource: resourceCondition,
  name: ({ text, values }) => {
    values['$text'] = text
    return 'instr(items.name_folded, $text)'
  },
  id: ({ text, values }) => {
    if (!/^[0-9]+$/.test(text)) return undefined
    values['$text'] = text
    return 'instr(items.id, $text)'
  },
}

function textCondition(column: string, { database, text, values }: ConditionOptions): string | undefined {
  const found = database.prepare(`SELECT id FROM texts WHERE instr(folded, ?) LIMIT ${MAX_LISTED + 1}`).all(text)
  const ids = found.map(({ id }) => Number(id))
  if (ids.length === 0) return undefined
  // A bit test per item is several times cheaper than a look into a list.
  if (ids.every((id) => id <= MAX_MASKED_ID)) {
    const mask = ids.reduce((bits, id) => bits | (1n << BigInt(id)), 0n)
    return `(${mask} >> ${column} & 1)`
  }
  if (ids.length <= MAX_LISTED) return `${column} IN (${ids.join()})`
  values['$text'] = text
  return `${column} IN (SELECT id FROM texts WHERE instr(folded, $text))`
}

/** Jumps from one resource to the next in the index of that order, however many items have each. */
const DISTINCT_RESOURCES = `
  WITH RECURSIVE resources (value) AS (
    SELECT min(resource) FROM items WHERE account_id = ?1
    UNION ALL
    SELECT (SELECT min(resource) FROM items WHERE account_id = ?1 AND resource > value) FROM resources
      WHERE value IS NOT NULL
  )
  SELECT value FROM resources WHERE value IS NOT NULL`

function resourceCondition({ database, account, text, values }: ConditionOptions): string | undefined {
  ensureColumnIndex(database, 'resource')
  const resources = database
    .prepare(DISTINCT_RESOURCES)
    .all(account.id)
    .map(({ value }) => String(value))
  const found = resources.filter((resource) => fold(resource).includes(text))
  if (found.length === 0) return undefined
  values['$resources'] = JSON.stringify(found)
  return 'items.resource IN (SELECT value FROM json_each($resources))'
}
