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
  const parts = members.map(
    (member, index) => `'${index === 0 ? '{' : ','}"${member}":', ${MEMBER_SOURCES[member].json}`,
  )
  // The items keep the order of the selection: a query with a LIMIT is not merged into the aggregate around it.
  const statement = database.prepare(
    `SELECT CAST(group_concat(json, ',') AS BLOB) AS json
     FROM (SELECT concat(${parts.join(', ')}, '}') AS json FROM items ${sql})`,
  )
  const company = members.includes('company_id') ? { $company: account.companyId } : {}
  const json = statement.get({ ...company, ...values })?.['json']
  return json instanceof Uint8Array ? json : undefined
}
