import type { Item } from '../../exchange.ts'
import { filteredMember, kindOf, mustBeTaken } from './filter.ts'
import type { Filter } from './filter.ts'
import { isMissing } from '../../oracle/text-order.ts'

type Reading = (item: Item) => boolean

/** What providers with one defect make of a filter, beside ignoring it. */
export function wrongReadings(filter: Filter): Reading[] {
  const member = filteredMember(filter.member)
  const exact = readingsOf(filter).map(
    (reading): Reading =>
      (item) =>
        reading(item[member]),
  )
  const inexact = inexactLengths(filter).flatMap((length) => {
    const values = filter.values.map((value) => value.slice(0, length))
    const cut = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, length) : value)
    return readingsOf({ ...filter, values }).map(
      (reading): Reading =>
        (item) =>
          reading(cut(item[member])),
    )
  })
  return [() => false, ...exact, ...inexact]
}

/** Times without their seconds, and days: seen best where a time is not quite that of an item. */
function inexactLengths(filter: Filter): number[] {
  return kindOf(filter) === 'time' && mustBeTaken(filter) ? ['YYYY-MM-DD HH:MM'.length, 'YYYY-MM-DD'.length] : []
}

type ValueReading = (value: unknown) => boolean

/** Also the right one. */
function readingsOf(filter: Filter): ValueReading[] {
  const { operator, values } = filter
  const [first = '', last = first] = [values[0], values.at(-1)]
  const isNumber = kindOf(filter) === 'number'
  const compare = isNumber ? byNumber : byText
  const holds =
    (given: string, wanted: (order: number) => boolean, how = compare): ValueReading =>
    (value) =>
      !isMissing(value) && wanted(how(value, given))
  const both =
    (...readings: readonly ValueReading[]): ValueReading =>
    (value) =>
      readings.every((reading) => reading(value))
  const opposite =
    (reading: ValueReading): ValueReading =>
    (value) =>
      !isMissing(value) && !reading(value)
  const isFirst = holds(first, (order) => order === 0)
  const isLast = holds(last, (order) => order === 0)
  const isOne = (value: unknown): boolean => values.some((given) => compare(value, given) === 0)
  const bounds: readonly ((order: number) => boolean)[] = [
    (order) => order > 0,
    (order) => order >= 0,
    (order) => order < 0,
    (order) => order <= 0,
  ]
  switch (operator) {
    case 'alone':
    case 'eq':
      return [
        ...(isNumber ? bounds.map((wanted) => holds(first, wanted)) : []),
        (value) => textOf(value).startsWith(first),
        (value) => textOf(value).includes(first),
        (value) => !isMissing(value) && first.startsWith(textOf(value)),
        isFirst,
        opposite(isFirst),
      ]
    case 'neq':
      return [isFirst, opposite(isFirst), (value) => !textOf(value).includes(first)]
    case 'in':
    case 'nin': {
      const some = [isOne, ...values.map((given) => holds(given, (order) => order === 0))]
      return [...some, ...some.map(opposite)]
    }
    case 'is':
    case 'isn':
      return [(value) => isMissing(value) === (operator === 'is'), (value) => Boolean(value) === (operator === 'is')]
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const inText = bounds[['gt', 'gte', 'lt', 'lte'].indexOf(operator)] ?? (() => false)
      return [...bounds.map((wanted) => holds(first, wanted)), holds(first, inText, byText), isFirst]
    }
    case 'r':
    case 'rf':
    case 'rl':
    case 'rr': {
      const above = bounds.slice(0, 2).map((bound) => holds(first, bound))
      const below = bounds.slice(2).map((bound) => holds(last, bound))
      const inText = both(
        holds(first, (order) => order >= 0, byText),
        holds(last, (order) => order <= 0, byText),
      )
      return [
        ...above.flatMap((start) => below.map((end) => both(start, end))),
        ...above,
        ...below,
        inText,
        isFirst,
        isLast,
      ]
    }
    default:
      return operator satisfies never
  }
}

function byNumber(value: unknown, given: string): number {
  return Number(value) - Number(given)
}

function byText(value: unknown, given: string): number {
  const text = textOf(value)
  return text < given ? -1 : text > given ? 1 : 0
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
