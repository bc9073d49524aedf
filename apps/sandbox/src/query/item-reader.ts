import { NULLABLE_MEMBERS } from '@hood-exports/openapi'
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

/** How a member without a value is sent: as null, or not at all. The vendor does not say. */
export type Nulls = 'sent' | 'left-out'

/**
 * Reads the JSON of items, with commas in between, as UTF-8. SQLite writes it: making JavaScript values of a page's
 * cells takes several times longer than making its JSON. Undefined: no item is selected.
 */
export type ItemReader = (account: Account, selection: Selection) => Uint8Array<ArrayBuffer> | undefined

const MAX_SELECTIONS = 64

export function createItemReader(database: Database, nulls: Nulls): ItemReader {
  // The same string for the same question: SQL of this length takes longer to put together than to be answered.
  const known = new WeakMap<readonly Member[], BoundedCache<string>>()
  const sqlOf = (members: readonly Member[], selection: string): string => {
    const texts = known.get(members) ?? boundedCache<string>(MAX_SELECTIONS)
    known.set(members, texts)
    return texts.get(selection, () => itemsSql({ members, selection, nulls }))
  }
  return (account, { members, sql, values }) => {
    const company = members.includes('company_id') ? { $company: account.companyId } : {}
    const json = database.prepare(sqlOf(members, sql)).get({ ...company, ...values })?.['json']
    return json instanceof Uint8Array ? json : undefined
  }
}

interface ItemsSqlOptions {
  readonly members: readonly Member[]
  readonly selection: string
  readonly nulls: Nulls
}

function itemsSql({ members, selection, nulls }: ItemsSqlOptions): string {
  const parts = members.map((member) => {
    const { json } = MEMBER_SOURCES[member]
    const isLeftOut = nulls === 'left-out' && (NULLABLE_MEMBERS as readonly string[]).includes(member)
    // `||` with null is null, and `concat` makes nothing of it.
    return isLeftOut ? `',"${member}":' || nullif(${json}, 'null')` : `',"${member}":', ${json}`
  })
  // The items keep the order of the selection: a query with a LIMIT is not merged into the aggregate around it.
  return `SELECT CAST(group_concat(json, ',') AS BLOB) AS json
    FROM (SELECT concat('{', substr(concat(${parts.join(', ')}), 2), '}') AS json FROM items ${selection})`
}
