import { TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import type { Item } from '../exchange.ts'
import { filteredMember, kindOf } from '../laws/filter/filter.ts'
import type { Filter } from '../laws/filter/filter.ts'
import { generous } from './matches.ts'
import { isMissing } from './text-order.ts'

/** Whether an item meets a filter; `perhaps`: the documentation leaves it open. */
export type Meeting = 'not' | 'perhaps' | 'surely'

const MEETINGS: readonly Meeting[] = ['not', 'perhaps', 'surely']

/** All of several conditions. */
export function every(meetings: readonly Meeting[]): Meeting {
  return MEETINGS[Math.min(...meetings.map((meeting) => MEETINGS.indexOf(meeting)))] ?? 'surely'
}

function some(meetings: readonly Meeting[]): Meeting {
  return MEETINGS[Math.max(...meetings.map((meeting) => MEETINGS.indexOf(meeting)))] ?? 'not'
}

function not(meeting: Meeting): Meeting {
  return MEETINGS[2 - MEETINGS.indexOf(meeting)] ?? 'perhaps'
}

export function meets(item: Item, filter: Filter): Meeting {
  const { operator, values } = filter
  const value = item[filteredMember(filter.member)]
  if (operator === 'is' || operator === 'isn') {
    // Some databases take an empty text for null.
    if (value === '') return 'perhaps'
    return isMissing(value) === (operator === 'isn') ? 'surely' : 'not'
  }
  // Null is equal to nothing. Whether any other comparison sees it is not documented.
  if (isMissing(value)) return ['alone', 'eq', 'in'].includes(operator) ? 'not' : 'perhaps'
  const places = values.map((given) => placeOf(value, given, kindOf(filter)))
  const [first = 'unknown', second = 'unknown'] = places
  switch (operator) {
    case 'alone':
    case 'eq':
    case 'in':
      return some(places.map(isSame))
    case 'neq':
    case 'nin':
      return not(some(places.map(isSame)))
    case 'gt':
      return isAfter(first)
    case 'gte':
      return not(isBefore(first))
    case 'lt':
      return isBefore(first)
    case 'lte':
      return not(isAfter(first))
    case 'r':
      return inside(first, second)
    case 'rf':
      return notOutside(first, second)
    // Which of its ends each of these has is a choice of this project.
    case 'rl':
    case 'rr':
      return some([inside(first, second), every([notOutside(first, second), 'perhaps'])])
    default:
      return operator satisfies never
  }
}

/** Where a value stands, seen from one that was given. `unknown`: the documentation does not say. */
type Place = 'before' | 'same' | 'similar' | 'after' | 'unknown' | 'other'

function isSame(place: Place): Meeting {
  if (place === 'same') return 'surely'
  return place === 'similar' || place === 'unknown' ? 'perhaps' : 'not'
}

function isBefore(place: Place): Meeting {
  if (place === 'unknown') return 'perhaps'
  return place === 'before' ? 'surely' : 'not'
}

function isAfter(place: Place): Meeting {
  if (place === 'unknown') return 'perhaps'
  return place === 'after' ? 'surely' : 'not'
}

function inside(start: Place, end: Place): Meeting {
  return every([isAfter(start), isBefore(end)])
}

function notOutside(start: Place, end: Place): Meeting {
  return every([not(isBefore(start)), not(isAfter(end))])
}

function placeOf(value: unknown, given: string, kind: ReturnType<typeof kindOf>): Place {
  if (kind === 'number') return typeof value === 'number' ? compared(value, Number(given)) : 'unknown'
  if (typeof value !== 'string') return 'unknown'
  if (kind === 'time') return placeInTime(value, given)
  if (value === given) return 'same'
  // Whether case, accents and space at the ends matter is not documented.
  return generous(value).trim() === generous(given).trim() ? 'similar' : 'other'
}

const TIMESTAMP = new RegExp(TIMESTAMP_PATTERN)
const DAY_LENGTH = 'YYYY-MM-DD'.length

function placeInTime(value: string, given: string): Place {
  // What is no time breaks the schema already.
  if (!TIMESTAMP.test(value)) return 'unknown'
  const isDay = given.length === DAY_LENGTH
  // Whether a day alone is its beginning or the whole of it is not documented.
  if (isDay && value.startsWith(given)) return 'unknown'
  return compared(value, given)
}

function compared<Value extends number | string>(one: Value, other: Value): Place {
  if (one === other) return 'same'
  return one < other ? 'before' : 'after'
}
