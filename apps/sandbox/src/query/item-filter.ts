import type { Member } from '../choices.ts'
import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'
import { BY_ACCOUNT, ensureColumnIndex } from '../data/item-index.ts'
import type { Condition, Values } from './condition.ts'
import type { Filter, FilterOperator } from './filter.ts'
import type { FilterValue } from './filter-value.ts'
import { storedId } from './item-id.ts'
import { MEMBER_SOURCES } from './member.ts'

/**
 * The condition of a filter. Null meets `isn`, `neq` and `nin`, and nothing else. Letter case counts. Times are
 * compared as texts: their form has the order of time.
 *
 * @param place Another one for each filter of a query: it tells the parameters of their conditions apart.
 */
export function filterCondition(
  database: Database,
  account: Account,
  { filter: { member, operator, values }, place }: { readonly filter: Filter; readonly place: number },
): Condition {
  const stored = values.map((value) => storedValue(database, account, { member, value }))
  const [first, second] = [`$first${place}`, `$second${place}`]
  const sql = `(${CONDITIONS[operator](MEMBER_SOURCES[member].value, first, second)})`
  return { sql, values: parametersOf(operator, stored, [first, second]) }
}

/** For `FROM items`: the index that tells what meets the filter. */
export function filterSource(database: Database, { member }: Filter): string {
  const { column } = MEMBER_SOURCES[member]
  const isOfAccount = column === 'id' || column === 'account_id'
  return `INDEXED BY ${isOfAccount ? BY_ACCOUNT : ensureColumnIndex(database, column)}`
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
  stored: readonly FilterValue[],
  [first, second]: readonly [string, string],
): Values {
  if (operator === 'in' || operator === 'nin') return { [first]: JSON.stringify(stored) }
  const [start, end] = stored
  return { ...(start === undefined ? {} : { [first]: start }), ...(end === undefined ? {} : { [second]: end }) }
}

/** No item has it in any column of numbers that stand for something else. */
const NOTHING = -1

/** What stands in the member's column for a value. */
function storedValue(
  database: Database,
  account: Account,
  { member, value }: { readonly member: Member; readonly value: FilterValue },
): FilterValue {
  switch (member) {
    case 'id':
      return storedId(String(value)) ?? NOTHING
    case 'company_id':
      return value === account.companyId ? account.id : NOTHING
    case 'description':
    case 'failure_reason':
      return Number(database.prepare('SELECT id FROM texts WHERE value = ?').get(value)?.['id'] ?? NOTHING)
    default:
      return value
  }
}
