import { FILTER_KINDS, SEARCHABLE_MEMBERS } from '@hood-exports/openapi'
import type { FILTER_OPERATORS } from '@hood-exports/openapi'

type Kind = keyof typeof FILTER_OPERATORS

/** `alone`: a value without an operator, which means `eq`. */
export type Operator = (typeof FILTER_OPERATORS)[Kind][number] | 'alone'

/** A condition on the value of one member. */
export interface Filter {
  /** Wire name of the parameter. */
  readonly member: string
  readonly operator: Operator
  /** None for `is` and `isn`, two for ranges, any number for `in` and `nin`, else one. */
  readonly values: readonly string[]
}

/** For a URL. Half a surrogate pair, which no URL can have, becomes U+FFFD. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** `status=neq:ready`: the values percent-encoded, the commas between them plain. */
export function filterParameter(filter: Filter): string {
  const { member, values } = filter
  return `${member}=${prefixOf(filter)}${values.map((value) => encoded(value)).join(',')}`
}

/** `status=neq:ready`, with the values as they are. */
export function describeFilter(filter: Filter): string {
  return `${filter.member}=${prefixOf(filter)}${filter.values.join(',')}`
}

function prefixOf({ operator }: Filter): string {
  return operator === 'alone' ? '' : `${operator}:`
}

export function kindOf({ member }: Pick<Filter, 'member'>): Kind {
  return FILTER_KINDS[filteredMember(member) as keyof typeof FILTER_KINDS]
}

/** The item's member that a parameter filters by. Whether `failure_reason` is called as in `q_fields` is not documented. */
export function filteredMember(parameter: string): string {
  return SEARCHABLE_MEMBERS[parameter as keyof typeof SEARCHABLE_MEMBERS] ?? parameter
}

export type FilterLaw =
  | 'filter-equal'
  | 'filter-not-equal'
  | 'filter-lists'
  | 'filter-null'
  | 'filter-bounds'
  | 'filter-ranges'
  | 'filters-combine'

const LAW_OF: Readonly<Record<Operator, Exclude<FilterLaw, 'filters-combine'>>> = {
  alone: 'filter-equal',
  eq: 'filter-equal',
  neq: 'filter-not-equal',
  in: 'filter-lists',
  nin: 'filter-lists',
  is: 'filter-null',
  isn: 'filter-null',
  gt: 'filter-bounds',
  gte: 'filter-bounds',
  lt: 'filter-bounds',
  lte: 'filter-bounds',
  r: 'filter-ranges',
  rf: 'filter-ranges',
  rl: 'filter-ranges',
  rr: 'filter-ranges',
}

/** The law that a list with these filters is about. */
export function lawOfFilters(filters: readonly Filter[]): FilterLaw {
  const [first, ...others] = new Set(filters.map(({ operator }) => LAW_OF[operator]))
  return first === undefined || others.length > 0 ? 'filters-combine' : first
}

/** Every member is filtered by its value. Which operators a parameter takes beyond that is not documented for exports. */
export function mustBeTaken({ operator }: Filter): boolean {
  return operator === 'alone' || operator === 'eq'
}
