import { NUMERIC_MEMBERS } from '@hood-exports/openapi'
import type { Member } from '../choices.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { FULL_VIEW } from './list-query.ts'
import { MEMBER_SOURCES, textOfNumber } from './member.ts'

/** How a member without a value is sent: as null, or not at all. The vendor does not say. */
export type Nulls = 'sent' | 'left-out'

/** How numbers are sent. The vendor's samples of the same envelope have both. */
export type Numbers = 'number' | 'text'

/** What the vendor leaves open of how an item is written. */
export interface WireForm {
  readonly nulls: Nulls
  readonly numbers: Numbers
}

export interface Selection {
  readonly members: readonly Member[]
  readonly ids: readonly number[]
}

/** Reads the JSON of items of an account, with commas in between; ids that it has not are left out. */
export type ItemReader = (account: Account, selection: Selection) => string

/** Whole items whose JSON is remembered until an item of their account changes; each takes about 1 KB. */
const MAX_REMEMBERED = 10_000

interface Remembered {
  readonly json: string
  readonly accountId: number
  readonly revision: number
}

/**
 * SQLite writes the JSON: making JavaScript values of an item's cells takes several times longer. Still, that
 * is most of what a page costs, so whole items are remembered.
 */
export function createItemReader(database: Database, form: WireForm): ItemReader {
  const remembered = new Map<number, Remembered>()
  const wholeSql = itemSql(FULL_VIEW, form)

  const remember = (account: Account, id: number, json: string): void => {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(id, { json, accountId: account.id, revision: account.revision })
  }

  return (account, { members, ids }) => {
    const isWhole = members === FULL_VIEW
    const statement = database.prepare(isWhole ? wholeSql : itemSql(members, form))
    const company = members.includes('company_id') ? [account.companyId] : []
    const read = (id: number): string | undefined =>
      statement.get(id, account.id, ...company)?.['json'] as string | undefined
    let all = ''
    for (const id of ids) {
      const known = isWhole ? remembered.get(id) : undefined
      const isCurrent = known?.accountId === account.id && known.revision === account.revision
      const json = isCurrent ? known.json : read(id)
      if (json === undefined) continue
      if (isWhole && !isCurrent) remember(account, id, json)
      all = all === '' ? json : `${all},${json}`
    }
    return all
  }
}

function itemSql(members: readonly Member[], { nulls, numbers }: WireForm): string {
  const isText = (member: Member): boolean =>
    numbers === 'text' && (NUMERIC_MEMBERS as readonly Member[]).includes(member)
  const parts = members.map(
    (member, index) =>
      `'${index === 0 ? '{' : ','}"${member}":', ${isText(member) ? textOfNumber(member) : MEMBER_SOURCES[member].json}`,
  )
  const item = `concat(${parts.join(', ')}, '}')`
  // A merge patch leaves out what is null (RFC 7396).
  const json = nulls === 'left-out' ? `json_patch('{}', ${item})` : item
  return `SELECT ${json} AS json FROM items WHERE items.id = ?1 AND account_id = ?2`
}
