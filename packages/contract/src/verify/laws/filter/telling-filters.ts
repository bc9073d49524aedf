import { TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import type { Item } from '../../exchange.ts'
import { filteredMember, kindOf } from './filter.ts'
import type { Filter, Operator } from './filter.ts'
import { every, meets } from '../../oracle/meets.ts'
import { isMissing } from '../../oracle/text-order.ts'
import type { Random } from '../../random.ts'
import { UNKNOWN_ID } from '../../test-request.ts'
import { wrongReadings } from './wrong-readings.ts'

/** Filters without their values. */
export interface Shape {
  readonly member: string
  readonly operator: Operator
  /** `beside`: the number or the second after the one that is chosen. Default: that one. */
  readonly value?: 'beside'
}

export interface TellingOptions {
  readonly items: readonly Item[]
  readonly random: Random
}

const CANDIDATES = 48
/** This many items show well enough what a filter would find. */
const SAMPLE = 150

/**
 * Picks the values that expose the most wrong ways to read the filters. A member that has no value in
 * any item is left out, as its name may be another one here.
 */
export function tellingFilters(shapes: readonly Shape[], { items: all, random }: TellingOptions): readonly Filter[] {
  const items = all.length > SAMPLE ? random.shuffle(all).slice(0, SAMPLE) : all
  const known = shapes.filter(({ member }) => items.some((item) => !isMissing(item[filteredMember(member)])))
  let best: { readonly filters: readonly Filter[]; readonly score: number } | undefined
  for (let count = 0; count < CANDIDATES; count += 1) {
    // Values of one item, so that something is found by all of them.
    const item = random.pick(
      items.filter((one) => known.every(({ member }) => !isMissing(one[filteredMember(member)]))),
    )
    const filters = known.map((shape) => candidate(shape, item, { items, random })).filter((one) => one !== undefined)
    const score = filters.length < known.length ? -1 : scoreOf(filters, items)
    if (filters.length > 0 && (best === undefined || score > best.score)) best = { filters, score }
  }
  return best?.filters ?? []
}

function candidate(
  { member, operator, value: which }: Shape,
  item: Item | undefined,
  options: TellingOptions,
): Filter | undefined {
  const { items, random } = options
  const name = filteredMember(member)
  const given = [...new Set(items.flatMap((one) => valueOf(one[name])))].filter((text) => isSayable(text, operator))
  const own = valueOf(item?.[name]).filter((text) => isSayable(text, operator))
  const absent = absentValue(given, member)
  const shuffled = random.shuffle(given)
  switch (operator) {
    case 'is':
    case 'isn':
      return { member, operator, values: [] }
    case 'in':
    case 'nin': {
      const values = [...new Set([...own, ...shuffled])].slice(0, 1 + random.below(3))
      return { member, operator, values: random.shuffle(values.length < 2 ? [...values, absent] : values) }
    }
    case 'r':
    case 'rf':
    case 'rl':
    case 'rr': {
      const ends = shuffled.slice(0, 2).toSorted((one, other) => compare(one, other, member))
      return ends.length < 2 ? undefined : { member, operator, values: ends }
    }
    default: {
      const isEqual = ['alone', 'eq'].includes(operator)
      const value = (isEqual ? own[0] : undefined) ?? shuffled[0] ?? absent
      return { member, operator, values: [which === 'beside' ? beside(value, member) : value] }
    }
  }
}

function valueOf(value: unknown): string[] {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? [String(value)] : []
}

/** What every provider can be asked for: no control characters; no comma in a list, and no colon without an operator. */
function isSayable(text: string, operator: Operator): boolean {
  if (/\p{Cc}/u.test(text) || text.length > LONGEST) return false
  if (['in', 'nin'].includes(operator)) return !text.includes(',')
  return operator !== 'alone' || !text.includes(':') || TIME.test(text)
}

const TIME = new RegExp(TIMESTAMP_PATTERN)

const LONGEST = 300

/** A value that no item has. */
function absentValue(given: readonly string[], member: string): string {
  switch (kindOf({ member })) {
    case 'id':
      return UNKNOWN_ID
    case 'number':
      return String(Math.max(0, ...given.map(Number)) + 7)
    case 'time':
      return '1999-12-31 23:59:58'
    case 'text':
      return 'no-such-value-7c1e'
  }
}

/** The next number, or the next second: what is compared less exactly takes it for the same. */
function beside(value: string, member: string): string {
  switch (kindOf({ member })) {
    case 'number':
      return String(Number(value) + 1)
    case 'time':
      return value.endsWith('9') ? value : `${value.slice(0, -1)}${Number(value.slice(-1)) + 1}`
    default:
      return value
  }
}

function compare(one: string, other: string, member: string): number {
  if (kindOf({ member }) === 'number') return Number(one) - Number(other)
  return one < other ? -1 : 1
}

/** What the total alone shows; what only the right page shows counts 1. */
const CERTAIN = 2
/** No other mistake is as likely as that a member is forgotten. */
const IGNORED_WEIGHT = 4

/** How many ways of reading the filters wrongly show: one filter at a time, or one of them where all must hold. */
function scoreOf(filters: readonly Filter[], items: readonly Item[]): number {
  const meetings = items.map((item) => filters.map((filter) => meets(item, filter)))
  const right = meetings.map(every)
  const slack = right.filter((meeting) => meeting === 'perhaps').length
  const exposed = (isFound: (index: number) => boolean): number => {
    if (right.some((meeting, index) => meeting === 'surely' && !isFound(index))) return CERTAIN
    const extra = right.filter((meeting, index) => meeting === 'not' && isFound(index)).length
    // Where nulls may be found or not, as many others hide among them: they show only where they are seen.
    return extra > slack ? CERTAIN : Math.min(extra, 1)
  }
  const isFoundBy =
    (place: number, reading: (item: Item) => boolean) =>
    (index: number): boolean =>
      reading(items[index] ?? {}) &&
      meetings[index]?.every((meeting, other) => other === place || meeting === 'surely') === true
  const wrong = filters.flatMap((filter, place) => wrongReadings(filter).map((reading) => isFoundBy(place, reading)))
  const ignored = filters.map((_filter, place) => isFoundBy(place, () => true))
  const isOr = (index: number): boolean => meetings[index]?.includes('surely') === true
  const sum = (readings: readonly ((index: number) => boolean)[]): number =>
    readings.reduce((total, reading) => total + exposed(reading), 0)
  return sum([...wrong, isOr]) + IGNORED_WEIGHT * sum(ignored)
}
