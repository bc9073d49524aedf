import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { Item } from '../exchange.ts'
import type { ListQuery } from '../list-query.ts'
import { matches } from './matches.ts'
import type { Matches } from './matches.ts'
import { every, meets } from './meets.ts'

/** Which items `q` and the filters of a query must find, and which they may. */
export function selection(items: readonly Item[], { q, qFields, filters = [] }: ListQuery): Matches {
  const searched = q === undefined || q === '' ? { must: items, may: items } : searchedFor(items, q, qFields)
  if (filters.length === 0) return searched
  const meeting = (item: Item): ReturnType<typeof every> => every(filters.map((filter) => meets(item, filter)))
  return {
    must: searched.must.filter((item) => meeting(item) === 'surely'),
    may: searched.may.filter((item) => meeting(item) !== 'not'),
  }
}

/** Which field is the default one is not documented. */
function searchedFor(items: readonly Item[], q: string, qFields: readonly string[] | undefined): Matches {
  if (qFields !== undefined) return matches(items, q, qFields)
  return { must: [], may: matches(items, q, SEARCHABLE_FIELDS).may }
}
