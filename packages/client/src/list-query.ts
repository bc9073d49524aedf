import { ID_PATTERN, SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS, VIEWS } from '@hood-exports/openapi'
import type { ExportField } from './export-item.ts'
import { toWireFilter } from './filter.ts'
import type { Filter, WireFilter } from './filter.ts'
import { invalidQuery } from './failures.ts'
import { isWellFormed } from './well-formed.ts'

/** A field that `sort` takes. */
export type SortableField = (typeof SORTABLE_FIELDS)[number]
/** A sort key: ascending, or descending after `-`. */
export type SortKey = SortableField | `-${SortableField}`
/** A field that `qFields` takes: wire names, so `failed_reason` and not `failure_reason`. */
export type SearchableField = (typeof SEARCHABLE_FIELDS)[number]
/** How much of each item to return; which members `default` leaves out is not documented. */
export type View = (typeof VIEWS)[number]

/** The members of a query for one item; the client takes them beside the query's own type, so that editors show these texts. */
export interface ItemParameters<Field extends ExportField = ExportField> {
  /**
   * Return exactly these members of each item: at least one, none twice, and no `view` beside them.
   * Default: what `view` says. Source: vendor, `fields` of the list.
   */
  readonly fields?: readonly Field[] | undefined
  /**
   * How much of each item to return; `full` is every member. Not beside `fields`.
   * Default `default`; what that leaves out is not documented. Source: vendor, `view` of the list.
   */
  readonly view?: View | undefined
}

/** The members of a query for every page. */
export interface ListAllParameters<Field extends ExportField = ExportField> extends ItemParameters<Field> {
  /**
   * Search term: finds the items that have this text in one of `qFields`; whether case matters is not documented.
   * Default: every item. Source: vendor, `q` of the list.
   */
  readonly q?: string | undefined
  /**
   * Which fields `q` looks in: at least one, none twice, and a `q` beside them.
   * Default: a search field that is not documented. Source: vendor, `q_fields` of the list.
   */
  readonly qFields?: readonly SearchableField[] | undefined
  /**
   * Only items whose members have these values; asked of the API, so one request finds three among ten thousand.
   * Default: every item. Source: vendor, API overview; "Filterable fields are: all fields".
   */
  readonly filter?: Filter | undefined
  /**
   * Sort keys, most significant first: a field ascends, a field after `-` descends; none twice.
   * Default: an order that is not documented; newest first is likely. Source: vendor, `sort` of the list.
   */
  readonly sort?: readonly SortKey[] | undefined
  /**
   * Items per page, a whole number from 1; the upper bound is not documented.
   * Default: by the resource's settings. Source: vendor, second number of `page` of the list.
   */
  readonly pageSize?: number | undefined
}

/** The members of a query for one page. */
export interface ListParameters<Field extends ExportField = ExportField> extends ListAllParameters<Field> {
  /**
   * Page number, a whole number from 1; what a page after the last one answers is not documented.
   * Default 1. Source: vendor, first number of `page` of the list.
   */
  readonly page?: number | undefined
}

/** Which members of an item to return. `fields` takes precedence over `view` on the wire, so only one is accepted. */
export type ItemQuery<Field extends ExportField = ExportField> =
  | (Pick<ItemParameters<Field>, 'fields'> & { readonly view?: undefined })
  | (Pick<ItemParameters, 'view'> & { readonly fields?: undefined })

/** What `q` looks in needs a `q`. */
type Search =
  | (Pick<ListAllParameters, 'q'> & { readonly qFields?: undefined })
  | Required<Pick<ListAllParameters, 'q' | 'qFields'>>

/** A query without the page: what `listAll` takes. */
export type ListAllQuery<Field extends ExportField = ExportField> = ItemQuery<Field> &
  Search &
  Pick<ListAllParameters, 'filter' | 'sort' | 'pageSize'>

/** A query of one page. */
export type ListQuery<Field extends ExportField = ExportField> = ListAllQuery<Field> & Pick<ListParameters, 'page'>

/** Any query before it is checked: what comes from a form, a command line or JavaScript. */
export type LooseQuery = { readonly [Name in keyof ListParameters]?: unknown }

/** The query parameters on the wire. */
export interface WireQuery extends WireFilter {
  fields?: string[]
  view?: string
  sort?: string[]
  page?: number[]
  q?: string
  q_fields?: string[]
}

const LISTS = {
  fields: SELECTABLE_FIELDS,
  sort: SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`]),
  qFields: SEARCHABLE_FIELDS,
} as const

/** What a query for one item may have. */
export const ITEM_PARAMETERS: readonly string[] = ['fields', 'view']
/** What the query of a listing may have. */
export const LISTING_PARAMETERS: readonly string[] = [...ITEM_PARAMETERS, 'filter', 'sort', 'pageSize', 'q', 'qFields']
const LIST_PARAMETERS: readonly string[] = [...LISTING_PARAMETERS, 'page']

/**
 * Checks a query, whatever its type says, and writes it as the wire's parameters.
 * @throws ExportsError `invalid-query` that names the value, the rule and the allowed set.
 */
export function toWireQuery(query: LooseQuery, allowed: readonly string[] = LIST_PARAMETERS): WireQuery {
  if (typeof query !== 'object' || query === null || Array.isArray(query)) {
    throw invalidQuery('query', query, `is not an object of ${allowed.join(', ')}`)
  }
  for (const name of Object.keys(query)) {
    if (allowed.includes(name)) continue
    const isMember = allowed.includes('filter') && (SELECTABLE_FIELDS as readonly string[]).includes(name)
    throw invalidQuery('query', name, `is not a parameter${isMember ? ': filter by it inside filter' : ''}`, allowed)
  }
  const { fields, view, filter, sort, page, pageSize, q, qFields } = query
  const wire: WireQuery = {}
  if (fields !== undefined) wire.fields = list('fields', fields)
  if (view !== undefined) {
    if (fields !== undefined) throw invalidQuery('view', view, 'has no effect beside fields: give one of them')
    if (!VIEWS.includes(view as View)) throw invalidQuery('view', view, 'is not a view', VIEWS)
    wire.view = view as View
  }
  if (filter !== undefined) Object.assign(wire, toWireFilter(filter))
  if (sort !== undefined) {
    const keys = list('sort', sort)
    if (keys.length > 0) wire.sort = keys
  }
  if (page !== undefined || pageSize !== undefined) {
    wire.page = [positive('page', page ?? 1), ...(pageSize === undefined ? [] : [positive('pageSize', pageSize)])]
  }
  if (q !== undefined) {
    if (typeof q !== 'string') throw invalidQuery('q', q, 'is not a string')
    if (!isWellFormed(q)) throw invalidQuery('q', q, 'has half a surrogate pair: do not cut inside a sign')
    wire.q = q
  }
  if (qFields !== undefined) {
    if (q === undefined) throw invalidQuery('qFields', qFields, 'says where q looks: give a q as well')
    wire.q_fields = list('qFields', qFields)
  }
  return wire
}

/**
 * Checks an id.
 * @throws ExportsError `invalid-query` unless it is a string of digits.
 */
export function checkId(id: unknown): string {
  if (typeof id !== 'string' || !new RegExp(ID_PATTERN).test(id)) {
    throw invalidQuery('id', id, 'is not a string of digits')
  }
  return id
}

function list(name: keyof typeof LISTS, value: unknown): string[] {
  const allowed: readonly string[] = LISTS[name]
  if (!Array.isArray(value)) throw invalidQuery(name, value, 'is not an array', allowed)
  if (value.length === 0 && name !== 'sort')
    throw invalidQuery(name, value, 'is empty: leave it out, or name at least one')
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
  return [...(value as string[])]
}

function positive(name: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1)
    throw invalidQuery(name, value, 'is not a whole number from 1')
  return value as number
}
