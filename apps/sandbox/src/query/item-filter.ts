import type { Condition, Values } from './condition.ts'
import type { Filter, FilterOperator } from './filter.ts'
import { memberSql } from './member.ts'

/**
 * The condition of a filter. Null meets `isn`, `neq` and `nin`, and nothing else. Letter case counts. Times are
 * compared as texts: their form has the order of time.
 *
 * @param place Another one for each filter of a query: it keeps the parameters of their conditions apart.
 */
export function filterCondition({ member, operator, values }: Filter, place: number): Condition {
  const [first, second] = [`$first${place}`, `$second${place}`]
  return {
    sql: `(${CONDITIONS[operator](memberSql(member), first, second)})`,
    values: parametersOf(operator, values, [first, second]),
  }
}

const CONDITIONS: Readonly<Record<FilterOperator, (member: string, first: string, second: string) => string>> = {
  eq: (member, value) => `${member} = ${value}`,
  neq: (member, value) => `${member} IS NOT ${value}`,
  gt: (member, value) => `${member} > ${value}`,
  gte: (member, value) => `${member} >= ${value}`,
  lt: (member, value) => `${member} < ${value}`,
  lte: (member, value) => `${member} <= ${value}`,
  in: (member, list) => `${member} IN (SELECT value FROM json_each(${list}))`,
  nin: (member, list) => `${member} IS NULL OR ${member} NOT IN (SELECT value FROM json_each(${list}))`,
  is: (member) => `${member} IS NOT NULL`,
  isn: (member) => `${member} IS NULL`,
  r: (member, start, end) => `${member} > ${start} AND ${member} < ${end}`,
  rf: (member, start, end) => `${member} >= ${start} AND ${member} <= ${end}`,
  rl: (member, start, end) => `${member} >= ${start} AND ${member} < ${end}`,
  rr: (member, start, end) => `${member} > ${start} AND ${member} <= ${end}`,
}

function parametersOf(
  operator: FilterOperator,
  values: Filter['values'],
  [first, second]: readonly [string, string],
): Values {
  if (operator === 'in' || operator === 'nin') return { [first]: JSON.stringify(values) }
  const [start, end] = values
  return { ...(start === undefined ? {} : { [first]: start }), ...(end === undefined ? {} : { [second]: end }) }
}
