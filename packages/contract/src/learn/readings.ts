import { filteredMember, kindOf } from '../verify/laws/filter/filter.ts'
import type { Filter } from '../verify/laws/filter/filter.ts'
import { isMissing } from '../verify/oracle/text-order.ts'
import { generous } from '../verify/oracle/matches.ts'
import type { Condition } from './account.ts'

/** A way to read a filter where the documents leave it open. */
export interface Semantics {
  /** Whether a comparison finds exports without a value. Default `not-found`; `perhaps`: it is not known. */
  readonly nulls?: 'found' | 'not-found' | 'perhaps'
  /** Which ends a range has. Default: those of its name; `perhaps`: it is not known. */
  readonly ends?: 'none' | 'start' | 'end' | 'both' | 'perhaps'
  /** The text that texts are compared by. Default: as they are. */
  readonly form?: (text: string) => string
  /** What a date without a time is. Default `midnight`. */
  readonly day?: 'midnight' | 'whole-day'
}

const ENDS = { r: 'none', rf: 'both', rl: 'start', rr: 'end' } as const

/** Which exports a filter finds. A text that differs in case, accents or outer spaces only may be equal or not. */
export function reading(filter: Filter, semantics: Semantics = {}): Condition {
  const { operator, values } = filter
  const { nulls = 'not-found' } = semantics
  const member = filteredMember(filter.member)
  const compare = comparison(filter, semantics)
  const isOne = (value: unknown): boolean | undefined => {
    const orders = values.map((given) => compare(value, given))
    return orders.includes(0) ? true : orders.includes(undefined) ? undefined : false
  }
  return (item) => {
    const value = item[member]
    if (operator === 'is' || operator === 'isn') {
      return value === '' ? undefined : isMissing(value) === (operator === 'isn')
    }
    if (['alone', 'eq', 'in'].includes(operator)) return !isMissing(value) && isOne(value)
    if (isMissing(value)) return nulls === 'perhaps' ? undefined : nulls === 'found'
    const [first = 0, last = 0] = [compare(value, values[0] ?? ''), compare(value, values.at(-1) ?? '')]
    switch (operator) {
      case 'neq':
      case 'nin': {
        const one = isOne(value)
        return one === undefined ? undefined : !one
      }
      case 'gt':
        return first > 0
      case 'gte':
        return first >= 0
      case 'lt':
        return first < 0
      case 'lte':
        return first <= 0
      default: {
        const ends = semantics.ends ?? ENDS[operator as keyof typeof ENDS]
        if (ends === 'perhaps' && (first === 0 || last === 0)) return undefined
        const isAfterStart = ['start', 'both'].includes(ends) ? first >= 0 : first > 0
        return isAfterStart && (['end', 'both'].includes(ends) ? last <= 0 : last < 0)
      }
    }
  }
}

/** Negative, 0, or positive; undefined: equal or not. */
function comparison(
  filter: Filter,
  { form, day = 'midnight' }: Semantics,
): (value: unknown, given: string) => number | undefined {
  const kind = kindOf(filter)
  if (kind === 'number') return (value, given) => Number(value) - Number(given)
  if (kind === 'time') {
    return (value, given) => {
      const isDay = given.length === 10
      const text = day === 'whole-day' && isDay ? String(value).slice(0, 10) : String(value)
      return order(text, isDay && day === 'midnight' ? `${given} 00:00:00` : given)
    }
  }
  return (value, given) => {
    const [one, other] = [String(value), given]
    if (form !== undefined) return order(form(one), form(other))
    if (one === other) return 0
    return generous(one).trim() === generous(other).trim() ? undefined : order(one, other)
  }
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/** All of several conditions. */
export function allOf(conditions: readonly Condition[]): Condition {
  return (item) => {
    const meetings = conditions.map((condition) => condition(item))
    return meetings.includes(false) ? false : meetings.includes(undefined) ? undefined : true
  }
}
