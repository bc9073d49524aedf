import type { FILTER_KINDS } from '@hood-exports/openapi'
import { invalidQuery } from './failures.ts'
import { formatTimestamp } from './timestamp.ts'

type Kinds = typeof FILTER_KINDS

/** A member that a list can be filtered by: every one of an item. */
export type FilterMember = keyof Kinds

/** Absent; `undefined` counts as absent. */
type No<Names extends string> = { readonly [Name in Names]?: undefined }
type Lower<Value> = ({ readonly gt: Value } & No<'gte'>) | ({ readonly gte: Value } & No<'gt'>)
type Upper<Value> = ({ readonly lt: Value } & No<'lte'>) | ({ readonly lte: Value } & No<'lt'>)

/** One bound, or one on each side, which is a range. */
export type Bounds<Value> =
  | (Lower<Value> & No<'lt' | 'lte'>)
  | (Upper<Value> & No<'gt' | 'gte'>)
  | (Lower<Value> & Upper<Value>)

/** What a text or an id may be: the value, one of several, null, or the opposite of these. */
export type EqualityFilter<Value> = Value | readonly Value[] | null | { readonly not: Value | readonly Value[] | null }

/** What a member may be, by its kind. Only numbers and times have bounds. */
interface FilterOfKind {
  readonly text: EqualityFilter<string>
  readonly id: EqualityFilter<string>
  readonly number: EqualityFilter<number> | Bounds<number>
  readonly time: EqualityFilter<Date | string> | Bounds<Date | string>
}

/** What a member may be in a filter. */
export type MemberFilter<Member extends FilterMember = FilterMember> = FilterOfKind[Kinds[Member]]

/**
 * Filters by value, sent to the API; all must hold. Source: vendor, API overview; "Filterable fields are: all fields".
 *
 * | value | on the wire | |
 * |---|---|---|
 * | `'ready'` | `ready` | equal |
 * | `['a', 'b']` | `in:a,b` | one of them |
 * | `null` | `isn:` | null |
 * | `{ not: 'a' }` | `neq:a` | not equal |
 * | `{ not: ['a', 'b'] }` | `nin:a,b` | none of them |
 * | `{ not: null }` | `is:` | not null |
 * | `{ gt: 1 }`, `gte`, `lt`, `lte` | `gt:1` … | one bound; numbers and times |
 * | `{ gte: 1, lte: 9 }` | `rf:1,9` | a range with both ends |
 * | `{ gt: 1, lt: 9 }` | `r:1,9` | without both |
 * | `{ gte: 1, lt: 9 }` | `rl:1,9` | with its start |
 * | `{ gt: 1, lte: 9 }` | `rr:1,9` | with its end |
 *
 * Times are a `Date`, or text as the API writes it: `YYYY-MM-DD HH:MM:SS` in GMT, or `YYYY-MM-DD`.
 */
export type Filter = { readonly [Member in FilterMember]?: MemberFilter<Member> | undefined }

/** A filter on the wire: a query parameter for each member. */
export type WireFilter = { [Member in FilterMember]?: string }

/** The range that two bounds make: its operator by lower and upper bound. */
const RANGES: Readonly<Record<string, string>> = { 'gt lt': 'r', 'gte lte': 'rf', 'gte lt': 'rl', 'gt lte': 'rr' }

/** Reads as an operator on the wire, so `eq:` must stand in front. An empty value could be taken for no filter. */
const LOOKS_LIKE_OPERATOR = /^\w*:|^$/

/**
 * Writes a filter as query parameters.
 * @throws ExportsError `invalid-query` for what a list on the wire cannot say.
 */
export function toWireFilter(filter: Filter): WireFilter {
  const wire: WireFilter = {}
  for (const [member, value] of Object.entries(filter)) {
    if (value !== undefined) wire[member as FilterMember] = memberFilter(`filter.${member}`, value)
  }
  return wire
}

function memberFilter(name: string, value: MemberFilter): string {
  if (!isComparison(value)) return equality(name, value, false)
  if ('not' in value) return equality(name, value.not, true)
  const bounds = Object.entries(value).filter(([, bound]) => bound !== undefined)
  const [lower, upper] = bounds.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const written = [lower, upper].map((bound) => bound && textOf(bound[1], bound[0]))
  return upper ? `${RANGES[`${lower?.[0]} ${upper[0]}`]}:${written.join(',')}` : `${lower?.[0]}:${written[0]}`
}

/** Whether a value compares, and is not itself what is compared with. */
export function isComparison(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function equality(name: string, value: unknown, isNot: boolean): string {
  if (value === null) return isNot ? 'is:' : 'isn:'
  if (Array.isArray(value)) {
    if (value.length === 0) throw invalidQuery(name, value, 'is empty')
    return `${isNot ? 'nin' : 'in'}:${value.map((entry: unknown) => listed(name, entry)).join(',')}`
  }
  const text = textOf(value)
  if (isNot) return `neq:${text}`
  return LOOKS_LIKE_OPERATOR.test(text) ? `eq:${text}` : text
}

/** One of several values: the wire joins them with commas, and has no escape for one. */
function listed(name: string, value: unknown): string {
  const text = value === null ? '' : textOf(value)
  if (text === '') throw invalidQuery(name, value, 'cannot stand in a list')
  if (text.includes(',')) throw invalidQuery(name, value, 'has a comma')
  return text
}

/** A value as the wire has it. Times have whole seconds: a bound between two of them moves to the one that keeps its meaning. */
export function textOf(value: unknown, bound?: string): string {
  if (!(value instanceof Date)) return String(value)
  const isRoundedUp = bound === 'gte' || bound === 'lt'
  return formatTimestamp(new Date((isRoundedUp ? Math.ceil : Math.floor)(value.getTime() / 1_000) * 1_000))
}
