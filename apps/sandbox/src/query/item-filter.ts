import { FILTER_KINDS } from '@hood-exports/openapi'
import type { Choices, Operator } from '../choices.ts'
import type { Condition, Values } from './condition.ts'
import type { Filter } from './filter.ts'
import { memberSql } from './member.ts'
import { ignoredInFilters, textKey, textKeySql } from './text-key.ts'

/**
 * The condition of a filter. Times are compared as texts: their form has the order of time.
 *
 * @param place Another one for each filter of a query: it keeps the parameters of their conditions apart.
 */
export function filterCondition({ member, operator, values }: Filter, place: number, choices: Choices): Condition {
  const [first, second] = [`$first${place}`, `$second${place}`]
  const kind = FILTER_KINDS[member]
  const ignored = kind === 'text' ? ignoredInFilters(choices) : []
  const value = memberSql(member, choices)
  const key = textKeySql(value, ignored)
  const hasDays = kind === 'time' && choices['filter.day'] === 'whole-day'
  const condition = CONDITIONS[operator]({
    value: choices['filter.empty-text'] === 'null' ? `nullif(${value}, '')` : value,
    compared: (parameter) => (hasDays ? `substr(${value}, 1, length(${parameter}))` : key),
    isListed: `(${(hasDays ? [value, `substr(${value}, 1, 10)`] : [key]).map((one) => `${one} IN (SELECT value FROM json_each(${first}))`).join(' OR ')})`,
    first,
    second,
    ends: choices['filter.range-ends'],
  })
  const nulls: Readonly<Partial<Record<Operator, 'found' | 'not-found'>>> = choices['filter.nulls']
  const meetsNull = nulls[operator] === 'found' ? `${value} IS NULL OR ` : ''
  const keys = ignored.length === 0 ? values : values.map((text) => textKey(String(text), ignored))
  return { sql: `(${meetsNull}${condition})`, values: parametersOf(operator, keys, [first, second]) }
}

interface Compared {
  /** The member, in SQL. */
  readonly value: string
  /** What of it is compared with a parameter: its day with the day of a whole one. */
  readonly compared: (parameter: string) => string
  /** Whether it is in the list of the first parameter. */
  readonly isListed: string
  readonly first: string
  readonly second: string
  readonly ends: Choices['filter.range-ends']
}

/** None of them but `isn` holds for null. */
const CONDITIONS: Readonly<Record<Operator, (options: Compared) => string>> = {
  eq: ({ compared, first }) => `${compared(first)} = ${first}`,
  neq: ({ compared, first }) => `${compared(first)} <> ${first}`,
  gt: ({ compared, first }) => `${compared(first)} > ${first}`,
  gte: ({ compared, first }) => `${compared(first)} >= ${first}`,
  lt: ({ compared, first }) => `${compared(first)} < ${first}`,
  lte: ({ compared, first }) => `${compared(first)} <= ${first}`,
  in: ({ isListed }) => isListed,
  nin: ({ isListed }) => `NOT ${isListed}`,
  is: ({ value }) => `${value} IS NOT NULL`,
  isn: ({ value }) => `${value} IS NULL`,
  r: (options) => range('r', options),
  rf: (options) => range('rf', options),
  rl: (options) => range('rl', options),
  rr: (options) => range('rr', options),
}

function range(operator: 'r' | 'rf' | 'rl' | 'rr', { compared, first, second, ends }: Compared): string {
  const has = (end: 'start' | 'end'): boolean => ends[operator] === end || ends[operator] === 'both'
  const [above, below] = [has('start') ? '>=' : '>', has('end') ? '<=' : '<']
  return `${compared(first)} ${above} ${first} AND ${compared(second)} ${below} ${second}`
}

function parametersOf(
  operator: Operator,
  values: Filter['values'],
  [first, second]: readonly [string, string],
): Values {
  if (operator === 'in' || operator === 'nin') return { [first]: JSON.stringify(values) }
  const [start, end] = values
  return { ...(start === undefined ? {} : { [first]: start }), ...(end === undefined ? {} : { [second]: end }) }
}
