import type { SQLOutputValue } from 'node:sqlite'
import type { Choices } from '../choices.ts'
import type { Database } from '../data/database.ts'
import { fold } from '../data/fold.ts'

/** What of a text does not matter where it is compared. */
export type Ignored = 'case' | 'accents' | 'outer-spaces' | 'punctuation' | 'length-of-numbers'

const WITHOUT: Readonly<Record<Ignored, (text: string) => string>> = {
  case: fold,
  accents: (text) => text.normalize('NFD').replaceAll(/\p{M}/gu, ''),
  'outer-spaces': (text) => text.trim(),
  punctuation: (text) => text.replaceAll(/[^\p{L}\p{N}]/gu, ''),
  'length-of-numbers': (text) => text.replaceAll(/\d+/g, (digits) => digits.padStart(20, '0')),
}

/** What texts are compared by. */
export function textKey(text: string, ignored: readonly Ignored[]): string {
  return ignored.reduce((key, one) => WITHOUT[one](key), text)
}

/** Makes `textKeySql` known to a database. */
export function addTextKey(database: Database): void {
  database.addFunction('text_key', (text: SQLOutputValue, ignored: SQLOutputValue) =>
    typeof text === 'string' ? textKey(text, String(ignored).split(' ') as Ignored[]) : text,
  )
}

/** The key of a text, in SQL. */
export function textKeySql(text: string, ignored: readonly Ignored[]): string {
  return ignored.length === 0 ? text : `text_key(${text}, '${ignored.join(' ')}')`
}

export function ignoredInSearch(choices: Choices): Ignored[] {
  return [
    ...(choices['search.accents'] === 'ignored' ? (['accents'] as const) : []),
    ...(choices['search.case'] === 'ignored' ? (['case'] as const) : []),
  ]
}

export function ignoredInFilters(choices: Choices): Ignored[] {
  return [
    ...(choices['filter.outer-spaces'] === 'ignored' ? (['outer-spaces'] as const) : []),
    ...(choices['filter.accents'] === 'ignored' ? (['accents'] as const) : []),
    ...(choices['filter.case'] === 'ignored' ? (['case'] as const) : []),
  ]
}

const ORDERS: Readonly<Record<Choices['sort.texts'], readonly Ignored[]>> = {
  'code-point': [],
  'case-insensitive': ['case'],
  natural: ['case', 'length-of-numbers'],
  letters: ['punctuation'],
  other: [],
}

export function ignoredInOrders(choices: Choices): readonly Ignored[] {
  return ORDERS[choices['sort.texts']]
}
