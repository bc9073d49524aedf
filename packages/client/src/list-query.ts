import { ID_PATTERN } from '@hood-exports/openapi'
import type { SEARCHABLE_FIELDS, SORTABLE_FIELDS, VIEWS } from '@hood-exports/openapi'
import type { ExportField } from './export-item.ts'
import { invalidQuery } from './failures.ts'
import { toWireFilter } from './filter.ts'
import type { Filter, WireFilter } from './filter.ts'

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

/** Writes a query as the wire's parameters. */
export function toWireQuery({ fields, view, filter, sort, page, pageSize, q, qFields }: Partial<AnyQuery>): WireQuery {
  return {
    ...(fields && { fields: [...fields] }),
    ...(view !== undefined && { view }),
    ...(filter && toWireFilter(filter)),
    ...(sort && sort.length > 0 && { sort: [...sort] }),
    ...((page ?? pageSize) !== undefined && { page: pageSize === undefined ? [page ?? 1] : [page ?? 1, pageSize] }),
    ...(q !== undefined && { q }),
    ...(qFields && { q_fields: [...qFields] }),
  }
}

/** What any of the queries may have. */
type AnyQuery = { readonly [Name in keyof ListParameters]?: ListParameters[Name] | undefined }

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
