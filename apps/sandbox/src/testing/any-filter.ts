import fc from 'fast-check'
import type { ModelFilter } from './list-model.ts'

const EQUALITIES = ['', 'eq', 'neq', 'in', 'nin', 'is', 'isn']
const COMPARISONS = ['gt', 'gte', 'lt', 'lte', 'r', 'rf', 'rl', 'rr']

/** Values of members, some of which items have. Members that are not named are not filtered by. */
export type FilterPools = Readonly<Record<string, fc.Arbitrary<string>>>

/** Up to four filters of different members, with any operators that these take. */
export function anyFilters(pools: FilterPools): fc.Arbitrary<ModelFilter[]> {
  const filters = Object.entries(pools).map(([member, pool]) => anyFilter(member, pool))
  return fc.uniqueArray(fc.oneof(...filters), { selector: ({ member }) => member, minLength: 1, maxLength: 4 })
}

function anyFilter(member: string, pool: fc.Arbitrary<string>): fc.Arbitrary<ModelFilter> {
  const isOrdered = /_time$|_count$|^size$/.test(member)
  return fc
    .constantFrom(...EQUALITIES, ...(isOrdered ? COMPARISONS : []))
    .chain((operator): fc.Arbitrary<ModelFilter> => {
      switch (operator) {
        case 'is':
        case 'isn':
          return fc.constant({ member, operator, values: [] })
        case 'in':
        case 'nin':
          return fc
            .array(pool.map(listed), { minLength: 1, maxLength: 4 })
            .map((values) => ({ member, operator, values }))
        case 'r':
        case 'rf':
        case 'rl':
        case 'rr':
          return fc.tuple(pool, pool).map((values) => ({ member, operator, values }))
        default:
          return pool.map((value) => ({ member, operator: spelled(operator, value), values: [value] }))
      }
    })
}

/** A value of a list has no comma, and is not empty. */
function listed(value: string): string {
  return value.replaceAll(',', '') || '-'
}

/** A value that begins like an operator needs one in front. */
function spelled(operator: string, value: string): string {
  return operator === '' && /^[a-z]*:/.test(value) ? 'eq' : operator
}
