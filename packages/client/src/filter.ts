import { FILTER_KINDS, FILTER_OPERATORS, ID_PATTERN } from '@hood-exports/openapi'
import { invalidQuery } from './failures.ts'
import { formatTimestamp, parseTimestamp } from './timestamp.ts'
import { isWellFormed } from './well-formed.ts'

type Kinds = typeof FILTER_KINDS
type Kind = keyof typeof FILTER_OPERATORS

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

const MEMBERS = Object.keys(FILTER_KINDS) as readonly FilterMember[]
const BOUNDS = ['gt', 'gte', 'lt', 'lte'] as const
type Bound = (typeof BOUNDS)[number]

/** The range that two bounds make: its operator by lower and upper bound. */
const RANGES: Readonly<Record<string, string>> = { 'gt lt': 'r', 'gte lte': 'rf', 'gte lt': 'rl', 'gt lte': 'rr' }

/** Reads as an operator on the wire, so `eq:` must stand in front. An empty value could be taken for no filter. */
const LOOKS_LIKE_OPERATOR = /^\w*:|^$/

/**
 * Writes a filter as query parameters.
 * @throws ExportsError `invalid-query` that names the member, the value, the rule and the way out.
 */
export function toWireFilter(filter: unknown): WireFilter {
  if (!isRecord(filter)) throw invalidQuery('filter', filter, 'is not an object of members', MEMBERS)
  const wire: WireFilter = {}
  for (const [name, value] of Object.entries(filter)) {
    if (!MEMBERS.includes(name as FilterMember)) throw invalidQuery('filter', name, 'is not a member', MEMBERS)
    if (value !== undefined) wire[name as FilterMember] = memberFilter(name as FilterMember, value)
  }
  return wire
}

function memberFilter(member: FilterMember, value: unknown): string {
  const name = `filter.${member}`
  if (isRecord(value)) {
    const given = Object.keys(value).filter((key) => value[key] !== undefined)
    if (given.length === 1 && given[0] === 'not') return equality(member, value['not'], { name, isNot: true })
    return bounds(member, value, given)
  }
  return equality(member, value, { name, isNot: false })
}

function equality(member: FilterMember, value: unknown, { name, isNot }: { name: string; isNot: boolean }): string {
  if (value === null) return isNot ? 'is:' : 'isn:'
  if (Array.isArray(value)) {
    if (value.length === 0) throw invalidQuery(name, value, 'is empty: leave it out, or name at least one value')
    const values = value.map((entry: unknown) => listed(member, entry, name))
    return `${isNot ? 'nin' : 'in'}:${values.join(',')}`
  }
  const text = textOf(member, value, { name, bound: undefined })
  if (isNot) return `neq:${text}`
  return FILTER_KINDS[member] === 'text' && LOOKS_LIKE_OPERATOR.test(text) ? `eq:${text}` : text
}

/** One of several values: the wire joins them with commas, and has no escape for one. */
function listed(member: FilterMember, value: unknown, name: string): string {
  if (value === null) {
    throw invalidQuery(name, value, 'cannot stand in a list: ask for null alone, in a request of its own')
  }
  const text = textOf(member, value, { name, bound: undefined })
  if (text === '') throw invalidQuery(name, value, 'cannot stand in a list: ask for it alone')
  if (text.includes(',')) {
    throw invalidQuery(
      name,
      value,
      'has a comma, which the API takes for the end of a value in a list: ask for it alone',
    )
  }
  return text
}

function bounds(member: FilterMember, value: Readonly<Record<string, unknown>>, given: readonly string[]): string {
  const name = `filter.${member}`
  const kind: Kind = FILTER_KINDS[member]
  const unknown = given.find((key) => !BOUNDS.includes(key as Bound))
  if (unknown === 'not') throw invalidQuery(name, value, 'has not beside a bound: give one of them')
  const allowed = hasBounds(kind) ? ['not', ...BOUNDS] : ['not']
  if (unknown !== undefined) throw invalidQuery(name, unknown, 'is not a comparison', allowed)
  if (given.length === 0) throw invalidQuery(name, value, 'compares with nothing: leave it out, or give one', allowed)
  if (!hasBounds(kind)) {
    const rule = `is a bound, and the API compares only numbers and times: give values, or use where on what is listed`
    throw invalidQuery(name, value, rule)
  }
  const [lower, upper] = [given.filter((key) => key.startsWith('g')), given.filter((key) => key.startsWith('l'))]
  if (lower.length > 1 || upper.length > 1) {
    throw invalidQuery(name, value, 'has two bounds on one side: give one of them')
  }
  const written = [...lower, ...upper].map((bound) =>
    textOf(member, value[bound], { name: `${name}.${bound}`, bound: bound as Bound }),
  )
  const operator = written.length === 2 ? RANGES[`${lower[0]} ${upper[0]}`] : given[0]
  return `${operator}:${written.join(',')}`
}

function hasBounds(kind: Kind): boolean {
  return (FILTER_OPERATORS[kind] as readonly string[]).includes('gt')
}

interface Place {
  readonly name: string
  readonly bound: Bound | undefined
}

function textOf(member: FilterMember, value: unknown, place: Place): string {
  const { name } = place
  const kind: Kind = FILTER_KINDS[member]
  switch (kind) {
    case 'number':
      if (!Number.isSafeInteger(value)) throw invalidQuery(name, value, 'is not a whole number')
      return String(value)
    case 'time':
      return value instanceof Date ? timeOf(value, place) : timeText(value, name)
    case 'id':
      if (typeof value !== 'string' || !new RegExp(ID_PATTERN).test(value)) {
        throw invalidQuery(name, value, 'is not a string of digits')
      }
      return value
    case 'text':
      if (typeof value !== 'string') throw invalidQuery(name, value, 'is not a string')
      if (!isWellFormed(value)) throw invalidQuery(name, value, 'has half a surrogate pair: do not cut inside a sign')
      return value
    default:
      return kind satisfies never
  }
}

/** The API's times have whole seconds: a bound between two of them moves to the one that keeps its meaning. */
function timeOf(date: Date, { name, bound }: Place): string {
  const ms = date.getTime()
  if (Number.isNaN(ms)) throw invalidQuery(name, String(date), 'is not a moment')
  if (bound === undefined && ms % 1_000 !== 0) {
    throw invalidQuery(name, date, 'has milliseconds, and the API has whole seconds: round it, or give bounds')
  }
  const isRoundedUp = bound === 'gte' || bound === 'lt'
  const second = (isRoundedUp ? Math.ceil : Math.floor)(ms / 1_000)
  return timeText(formatTimestamp(new Date(second * 1_000)), name)
}

function timeText(value: unknown, name: string): string {
  const text = typeof value === 'string' ? value : ''
  try {
    parseTimestamp(text.length === '2026-01-31'.length ? `${text} 00:00:00` : text)
    return text
  } catch {
    const rule = 'is not a time: give a Date, or text such as 2026-01-31 23:59:59 or 2026-01-31, in GMT'
    throw invalidQuery(name, value, rule)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
