import { MEMBER_SQL } from '../data/item-store.ts'
import type { Member } from '../choices.ts'

/** Rows that are read as arrays, and how to write one as the JSON of an item with exactly the members asked for. */
export interface ItemJson {
  /** The columns of a `SELECT` over `items`. */
  readonly columns: string
  readonly write: (row: readonly unknown[]) => string
}

const known = new Map<string, ItemJson>()

export function itemJson(members: readonly Member[]): ItemJson {
  const key = members.join()
  const before = known.get(key)
  if (before !== undefined) return before
  const labels = members.map((member, index) => `${index === 0 ? '{' : ','}${JSON.stringify(member)}:`)
  const made: ItemJson = {
    columns: members.map((member) => MEMBER_SQL[member]).join(', '),
    write: (row) => {
      let json = ''
      for (let index = 0; index < labels.length; index += 1) json += `${labels[index]}${JSON.stringify(row[index])}`
      return `${json}}`
    },
  }
  known.set(key, made)
  return made
}
