import { SEARCHABLE_FIELDS, SEARCHABLE_MEMBERS } from '@hood-exports/openapi'
import type { Item } from '../exchange.ts'

type SearchableField = (typeof SEARCHABLE_FIELDS)[number]

/** Which items a search must find, and which it may find: whether case and accents matter is not documented. */
export interface Matches {
  readonly must: readonly Item[]
  readonly may: readonly Item[]
}

export function matches(items: readonly Item[], q: string, qFields: readonly string[]): Matches {
  return {
    must: items.filter((item) => contains(item, q, qFields, 'surely')),
    may: items.filter((item) => contains(item, q, qFields, 'perhaps')),
  }
}

/** Whether one of the named members has `q` in it: as it is written, or at least when read generously. */
export function contains(item: Item, q: string, qFields: readonly string[], how: 'surely' | 'perhaps'): boolean {
  return qFields.some((field) => {
    const value = item[memberOf(field)]
    if (typeof value !== 'string') return false
    return value.includes(q) || (how === 'perhaps' && generous(value).includes(generous(q)))
  })
}

/** The item's member that a field of `q_fields` looks in. */
export function memberOf(field: string): string {
  return SEARCHABLE_MEMBERS[field as SearchableField] ?? field
}

const folded = new Map<string, string>()

/** Without case, accents and the difference between composed and decomposed letters. */
export function generous(text: string): string {
  const known = folded.get(text)
  if (known !== undefined) return known
  const result = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  if (folded.size > 50_000) folded.clear()
  folded.set(text, result)
  return result
}
