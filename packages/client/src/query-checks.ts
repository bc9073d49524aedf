import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS, VIEWS } from '@hood-exports/openapi'
import { invalidQuery } from './failures.ts'
import { checkFilter } from './filter-checks.ts'
import type { LooseQuery, View } from './list-query.ts'
import { isWellFormed } from './well-formed.ts'

const LISTS = {
  fields: SELECTABLE_FIELDS,
  sort: SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`]),
  qFields: SEARCHABLE_FIELDS,
} as const

/** What a query for one item may have. */
const ITEM_PARAMETERS: readonly string[] = ['fields', 'view']
/** What the query of a listing may have. */
const LISTING_PARAMETERS: readonly string[] = [...ITEM_PARAMETERS, 'filter', 'sort', 'pageSize', 'q', 'qFields']
const LIST_PARAMETERS: readonly string[] = [...LISTING_PARAMETERS, 'page']

/**
 * Checks a query, whatever its type says.
 * @throws ExportsError `invalid-query` that names the value, the rule and the allowed set.
 */
export function checkQuery(query: LooseQuery, allowed: readonly string[] = LIST_PARAMETERS): void {
  if (typeof query !== 'object' || query === null || Array.isArray(query)) {
    throw invalidQuery('query', query, `is not an object of ${allowed.join(', ')}`)
  }
  for (const name of Object.keys(query)) {
    if (allowed.includes(name)) continue
    const isMember = allowed.includes('filter') && (SELECTABLE_FIELDS as readonly string[]).includes(name)
    throw invalidQuery('query', name, `is not a parameter${isMember ? ': filter by it inside filter' : ''}`, allowed)
  }
  const { fields, view, filter, sort, page, pageSize, q, qFields } = query
  if (fields !== undefined) checkList('fields', fields)
  if (view !== undefined) {
    if (fields !== undefined) throw invalidQuery('view', view, 'has no effect beside fields: give one of them')
    if (!VIEWS.includes(view as View)) throw invalidQuery('view', view, 'is not a view', VIEWS)
  }
  if (filter !== undefined) checkFilter(filter)
  if (sort !== undefined) checkList('sort', sort)
  if (page !== undefined) checkPositive('page', page)
  if (pageSize !== undefined) checkPositive('pageSize', pageSize)
  if (q !== undefined) {
    if (typeof q !== 'string') throw invalidQuery('q', q, 'is not a string')
    if (!isWellFormed(q)) throw invalidQuery('q', q, 'has half a surrogate pair: do not cut inside a sign')
  }
  if (qFields !== undefined) {
    if (q === undefined) throw invalidQuery('qFields', qFields, 'says where q looks: give a q as well')
    checkList('qFields', qFields)
  }
}

/** As {@link checkQuery}, for a listing. */
export function checkListingQuery(query: LooseQuery): void {
  checkQuery(query, LISTING_PARAMETERS)
}

/** As {@link checkQuery}, for one item. */
export function checkItemQuery(query: LooseQuery): void {
  checkQuery(query, ITEM_PARAMETERS)
}

function checkList(name: keyof typeof LISTS, value: unknown): void {
  const allowed: readonly string[] = LISTS[name]
  if (!Array.isArray(value)) throw invalidQuery(name, value, 'is not an array', allowed)
  if (value.length === 0 && name !== 'sort') throw invalidQuery(name, value, 'is empty')
  const seen = new Set<string>()
  for (const entry of value as unknown[]) {
    if (typeof entry !== 'string' || !allowed.includes(entry)) {
      const hint = name === 'qFields' && entry === 'failure_reason' ? ': on the wire it is called failed_reason' : ''
      throw invalidQuery(name, entry, `is not allowed${hint}`, allowed)
    }
    const key = name === 'sort' ? entry.replace('-', '') : entry
    if (seen.has(key)) throw invalidQuery(name, entry, 'is named twice')
    seen.add(key)
  }
}

function checkPositive(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw invalidQuery(name, value, 'is not a whole number from 1')
}
