import type { Member } from '../choices.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { MEMBER_SOURCES } from './member.ts'

/** Reads items as the JSON of objects with exactly the members asked for. */
export interface ItemReader {
  /** @param selection What follows `FROM items`; its parameters are in `values`. */
  read(account: Account, members: readonly Member[], selection: string, values: Values): string[]
}

export type Values = Record<string, string | number | null>

/** Texts that are remembered as JSON. They repeat, and each is read once. */
const MAX_TEXTS = 10_000

export function createItemReader(database: Database): ItemReader {
  const texts = new Map<number, string>()
  const textJson = (id: number): string => {
    const known = texts.get(id)
    if (known !== undefined) return known
    const json = JSON.stringify(database.prepare('SELECT value FROM texts WHERE id = ?').get(id)?.['value'])
    if (texts.size >= MAX_TEXTS) texts.clear()
    texts.set(id, json)
    return json
  }
  return {
    read: (account, members, selection, values) => {
      const sources = members.map((member) => MEMBER_SOURCES[member])
      const labels = members.map((member, index) => `${index === 0 ? '{' : ','}"${member}":`)
      const statement = database.prepare(
        `SELECT ${sources.map(({ column }) => column).join(', ')} FROM items ${selection}`,
      )
      statement.setReturnArrays(true)
      const company = members.includes('company_id') ? { $company: account.companyId } : {}
      const rows = statement.all({ ...company, ...values }) as unknown as unknown[][]
      return rows.map((row) => {
        let json = ''
        for (let index = 0; index < sources.length; index += 1) {
          json += labels[index] + (sources[index] as (typeof sources)[number]).json(row[index], textJson)
        }
        return `${json}}`
      })
    },
  }
}
