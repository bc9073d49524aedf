import { FILTER_KINDS, FILTER_OPERATORS, ID_PATTERN } from '@hood-exports/openapi'
import { invalidQuery } from './failures.ts'
import { isComparison } from './filter.ts'
import type { FilterMember } from './filter.ts'
import { parseTimestamp } from './timestamp.ts'
import { isWellFormed } from './well-formed.ts'

type Kind = keyof typeof FILTER_OPERATORS

const MEMBERS = Object.keys(FILTER_KINDS) as readonly FilterMember[]
const BOUNDS: readonly string[] = ['gt', 'gte', 'lt', 'lte']

/**
 * Checks a filter, whatever its type says.
 * @throws ExportsError `invalid-query` that names the member, the value, the rule and the way out.
 */
export function checkFilter(filter: unknown): void {
  if (!isComparison(filter)) throw invalidQuery('filter', filter, 'is not an object of members', MEMBERS)
  for (const [name, value] of Object.entries(filter)) {
    if (!MEMBERS.includes(name as FilterMember)) throw invalidQuery('filter', name, 'is not a member', MEMBERS)
    if (value !== undefined) checkMember(`filter.${name}`, FILTER_KINDS[name as FilterMember], value)
  }
}

function checkMember(name: string, kind: Kind, value: unknown): void {
  if (!isComparison(value)) return checkEquality(name, kind, value)
  const given = Object.keys(value).filter((key) => value[key] !== undefined)
  if (given.length === 1 && given[0] === 'not') return checkEquality(name, kind, value['not'])
  checkBounds(name, kind, value, given)
}

function checkEquality(name: string, kind: Kind, value: unknown): void {
  for (const entry of [value].flat()) if (entry !== null) checkValue(name, kind, entry)
}

function checkBounds(
  name: string,
  kind: Kind,
  value: Readonly<Record<string, unknown>>,
  given: readonly string[],
): void {
  const unknown = given.find((key) => !BOUNDS.includes(key))
  if (unknown === 'not') throw invalidQuery(name, value, 'has not beside a bound: give one of them')
  const hasBounds = (FILTER_OPERATORS[kind] as readonly string[]).includes('gt')
  const allowed = hasBounds ? ['not', ...BOUNDS] : ['not']
  if (unknown !== undefined) throw invalidQuery(name, unknown, 'is not a comparison', allowed)
  if (given.length === 0) throw invalidQuery(name, value, 'compares with nothing: leave it out, or give one', allowed)
  if (!hasBounds) {
    const rule = `is a bound, and the API compares only numbers and times: give values, or use where on what is listed`
    throw invalidQuery(name, value, rule)
  }
  const lower = given.filter((key) => key.startsWith('g')).length
  if (lower > 1 || given.length - lower > 1) {
    throw invalidQuery(name, value, 'has two bounds on one side: give one of them')
  }
  for (const bound of given) checkValue(`${name}.${bound}`, kind, value[bound], true)
}

function checkValue(name: string, kind: Kind, value: unknown, isBound: boolean = false): void {
  switch (kind) {
    case 'number':
      if (!Number.isSafeInteger(value)) throw invalidQuery(name, value, 'is not a whole number')
      return
    case 'time':
      return checkTime(name, value, isBound)
    case 'id':
      if (typeof value !== 'string' || !new RegExp(ID_PATTERN).test(value)) {
        throw invalidQuery(name, value, 'is not a string of digits')
      }
      return
    case 'text':
      if (typeof value !== 'string') throw invalidQuery(name, value, 'is not a string')
      if (!isWellFormed(value)) throw invalidQuery(name, value, 'has half a surrogate pair: do not cut inside a sign')
      return
    default:
      return kind satisfies never
  }
}

function checkTime(name: string, value: unknown, isBound: boolean): void {
  if (value instanceof Date) {
    const ms = value.getTime()
    if (Number.isNaN(ms)) throw invalidQuery(name, String(value), 'is not a moment')
    if (!isBound && ms % 1_000 !== 0) {
      throw invalidQuery(name, value, 'has milliseconds, and the API has whole seconds: round it, or give bounds')
    }
  }
  const text = value instanceof Date ? value.toISOString().slice(0, -'.000Z'.length).replace('T', ' ') : value
  try {
    parseTimestamp(typeof text === 'string' && text.length === '2026-01-31'.length ? `${text} 00:00:00` : String(text))
  } catch {
    const rule = 'is not a time: give a Date, or text such as 2026-01-31 23:59:59 or 2026-01-31, in GMT'
    throw invalidQuery(name, value, rule)
  }
}
