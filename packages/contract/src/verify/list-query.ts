import { encoded, filterParameter } from './laws/filter/filter.ts'
import type { Filter } from './laws/filter/filter.ts'

/** A well-formed query of the list, or the part of it that a view takes. */
export interface ListQuery {
  readonly fields?: readonly string[]
  readonly view?: 'default' | 'full'
  /** Keys, `-` before those that descend. */
  readonly sort?: readonly string[]
  /** Number from 1, and items per page. */
  readonly page?: readonly [number] | readonly [number, number]
  readonly q?: string
  /** Wire names. */
  readonly qFields?: readonly string[]
  /** Each of another member. */
  readonly filters?: readonly Filter[]
}

/** The query string: values percent-encoded, the commas between them plain. */
export function toSearch({ fields, view, sort, page, q, qFields, filters = [] }: ListQuery): string {
  const list = (values: readonly (string | number)[]): string => values.map((value) => encoded(String(value))).join(',')
  return [
    fields && `fields=${list(fields)}`,
    view && `view=${view}`,
    sort && `sort=${list(sort)}`,
    page && `page=${list(page)}`,
    q !== undefined && `q=${encoded(q)}`,
    qFields && `q_fields=${list(qFields)}`,
    ...filters.map(filterParameter),
  ]
    .filter((part) => typeof part === 'string')
    .join('&')
}

/** What is searched for and filtered by. */
export function textsOf({ q = '', filters = [] }: ListQuery): string[] {
  return [q, ...filters.flatMap(({ values }) => values)]
}

/** Whether only some of the account's items are asked for. */
export function isSelective({ q, filters = [] }: ListQuery): boolean {
  return q !== undefined || filters.length > 0
}
