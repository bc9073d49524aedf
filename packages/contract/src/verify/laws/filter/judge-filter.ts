import type { Answer, Item } from '../../exchange.ts'
import type { ListAnswer } from '../../list-answer.ts'
import type { ListQuery } from '../../list-query.ts'
import { meets } from '../../oracle/meets.ts'
import { selection } from '../../oracle/selection.ts'
import type { TestRequest } from '../../test-request.ts'
import { contradiction, statusAndBody, violation } from '../../violation.ts'
import type { Violation } from '../../violation.ts'
import { missingItem } from '../search.ts'
import { describeFilter, filteredMember, lawOfFilters, mustBeTaken } from './filter.ts'
import type { Filter, FilterLaw } from './filter.ts'

type Judged = Violation<FilterLaw>

/** Filters find the items that meet them all, and no others; `total` counts those. */
export function judgeFilters(list: ListAnswer): Judged[] {
  const { filters = [] } = list.query
  if (filters.length === 0) return []
  const wrong = judgeFound(list, filters)
  return wrong.length > 0 ? wrong : judgeCount(list, filters)
}

function judgeFound({ request, envelope: { items }, snapshot }: ListAnswer, filters: readonly Filter[]): Judged[] {
  for (const item of items) {
    const known = snapshot.byId.get(String(item['id']))
    for (const filter of filters) {
      const member = filteredMember(filter.member)
      // Without the value there is nothing to see.
      if (!(member in item) && known === undefined) continue
      const whole: Item = { ...known, ...item }
      if (meets(whole, filter) !== 'not') continue
      const actual = `item ${JSON.stringify(item['id'])}, whose ${member} is ${JSON.stringify(whole[member] ?? null)}, for ${JSON.stringify(describeFilter(filter))}`
      return [(member in item ? violation : contradiction)(lawOfFilters([filter]), request, actual)]
    }
  }
  return []
}

function judgeCount({ request, query, envelope, snapshot }: ListAnswer, filters: readonly Filter[]): Judged[] {
  const { total } = envelope
  const law = query.q === undefined ? lawOfFilters(filters) : 'filters-combine'
  const { must, may } = selection(snapshot.items, query)
  // All or none of the items that were not read may be found.
  const unread = snapshot.total - snapshot.items.length
  const most = may.length + Math.max(0, unread)
  if (total < must.length || total > most) {
    const expected = must.length === most ? `${must.length}` : `${must.length} to ${most}`
    const what = [...(query.q === undefined ? [] : [`q=${query.q}`]), ...filters.map(describeFilter)].join('&')
    return [
      uncounted(
        law,
        request,
        `total ${total}, while ${expected} of ${snapshot.total} items meet ${JSON.stringify(what)}`,
      ),
    ]
  }
  const missed = missingItem(must, envelope)
  return missed === undefined ? [] : [uncounted(law, request, missed)]
}

/** Where `total` is wrong in every list, this is too. */
function uncounted(law: FilterLaw, request: TestRequest, actual: string): Judged {
  return { ...contradiction(law, request, actual), follows: 'total-counts-matches' }
}

/** Whether a filter was refused that a provider need not take: the answer then says nothing about a law. */
export function isRefusedOperator({ status, request: { query } }: Answer): boolean {
  return status === 400 && query?.filters !== undefined && !query.filters.every(mustBeTaken)
}

/** A 400 for filters by equality alone: every member is filterable. */
export function judgeRefusal(answer: Answer, { filters = [] }: ListQuery): Judged[] {
  if (answer.status !== 400 || filters.length === 0 || isRefusedOperator(answer)) return []
  return [violation('filter-equal', answer.request, statusAndBody(answer))]
}
