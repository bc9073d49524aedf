import { boundedCache } from '../bounded-cache.ts'
import type { BoundedCache } from '../bounded-cache.ts'
import type { Member } from '../choices.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { MEMBER_SOURCES } from './member.ts'

export type Values = Record<string, string | number>

export interface Selection {
  readonly members: readonly Member[]
  /** What follows `FROM items`. */
  readonly sql: string
  /** Its parameters. */
  readonly values: Values
}

/**
 * The JSON of items, with commas in between, as UTF-8. SQLite writes it: making JavaScript values of a page's cells
 * takes several times longer than making its JSON. Undefined: no item is selected.
 */
export function readItems(
  database: Database,
  account: Account,
  { members, sql, values }: Selection,
): Uint8Array<ArrayBuffer> | undefined {
  const statement = database.prepare(sqlOf(members).get(sql, () => readerSql(members, sql)))
  const company = members.includes('company_id') ? { $company: account.companyId } : {}
  const json = statement.get({ ...company, ...values })?.['json']
  return json instanceof Uint8Array ? json : undefined
}

/** The same string for the same question: SQL of this length takes longer to put together than to be answered. */
const texts = new WeakMap<readonly Member[], BoundedCache<string>>()
const MAX_TEXTS = 64

function sqlOf(members: readonly Member[]): BoundedCache<string> {
  const known = texts.get(members) ?? boundedCache<string>(MAX_TEXTS)
  texts.set(members, known)
  return known
}

function readerSql(members: readonly Member[], selection: string): string {
  const parts = members.map(
    (member, index) => `'${index === 0 ? '{' : ','}"${member}":', ${MEMBER_SOURCES[member].json}`,
  )
  // The items keep the order of the selection: a query with a LIMIT is not merged into the aggregate around it.
  return `SELECT CAST(group_concat(json, ',') AS BLOB) AS json
    FROM (SELECT concat(${parts.join(', ')}, '}') AS json FROM items ${selection})`
}
