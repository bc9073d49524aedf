import type { AccountSnapshot } from '../../account-snapshot.ts'
import { listCase } from '../../case.ts'
import type { Case } from '../../case.ts'
import type { ListQuery } from '../../list-query.ts'
import { selection } from '../../oracle/selection.ts'
import { listRequest } from '../../test-request.ts'
import { filteredMember, lawOfFilters } from './filter.ts'
import type { Filter } from './filter.ts'
import type { Rest } from './filter-rows.ts'
import { isRefusedOperator } from './judge-filter.ts'

const REFUSED = 'the operators are refused with 400, which a provider may do'

/** A filtered list. It says nothing where an operator is refused, as which ones a parameter takes is not documented. */
export function filteredCase(law: string, query: ListQuery): Case {
  return {
    ...listCase(law, listRequest(query)),
    inconclusive: (answers) => (answers.some(isRefusedOperator) ? REFUSED : undefined),
  }
}

export function filterCase(snapshot: AccountSnapshot, rest: Rest, filters: readonly Filter[]): Case {
  return filteredCase(lawOfFilters(filters), { ...queryBeside(rest, filters, snapshot), filters })
}

const SMALL_PAGE = 7

export function queryBeside(
  { view, sort }: Rest,
  filters: readonly Filter[],
  { pageSize, items }: AccountSnapshot,
): ListQuery {
  const page = [1, Math.min(50, pageSize)] as const
  const sorted = sort === undefined ? {} : { sort: [sort] }
  const keys = sort === undefined ? [] : [sort.replace('-', '')]
  switch (view) {
    case 'shown':
      return { fields: namesOf('id', ...keys, ...filters.map(({ member }) => filteredMember(member))), ...sorted, page }
    case 'hidden':
      return { fields: namesOf('id', 'name', ...keys), ...sorted, page }
    case 'full':
    case 'default':
      return { view, ...sorted, page }
    case 'second': {
      const small = Math.min(SMALL_PAGE, pageSize)
      // Where there is a second page.
      const isLong = selection(items, { filters }).must.length > small
      return { fields: namesOf('id', ...keys), ...sorted, page: [isLong ? 2 : 1, small] }
    }
    default:
      return view satisfies never
  }
}

function namesOf(...names: readonly string[]): string[] {
  return [...new Set(names)]
}
