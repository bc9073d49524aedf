import type { Complaint } from '../complaint.ts'
import type { Answer, Item } from '../exchange.ts'
import { statusAndBody } from '../exchange.ts'
import { describeFilter, filteredMember, lawOfFilters, mustBeTaken } from '../filter.ts'
import type { Filter } from '../filter.ts'
import type { ListQuery } from '../list-query.ts'
import type { ListCase } from './judge-list.ts'
import { meets } from './meets.ts'
import { selection } from './selection.ts'

/** Filters find the items that meet them all, and no others; `total` counts those. */
export function judgeFilter(listCase: ListCase): Complaint[] {
  const { filters = [] } = listCase.query
  if (filters.length === 0) return []
  const wrong = judgeFound(listCase, filters)
  return wrong.length > 0 ? wrong : judgeCount(listCase, filters)
}

function judgeFound({ envelope: { items }, corpus }: ListCase, filters: readonly Filter[]): Complaint[] {
  for (const item of items) {
    const known = corpus.byId.get(String(item['id']))
    for (const filter of filters) {
      const member = filteredMember(filter.member)
      // Without the value there is nothing to see.
      if (!(member in item) && known === undefined) continue
      const whole: Item = { ...known, ...item }
      if (meets(whole, filter) !== 'not') continue
      const came = `item ${JSON.stringify(item['id'])}, whose ${member} is ${JSON.stringify(whole[member] ?? null)}, for ${describeFilter(filter)}`
      return [{ law: lawOfFilters([filter]), came, evidence: member in item ? 'answer' : 'comparison' }]
    }
  }
  return []
}

function judgeCount({ query, envelope: { items, total }, corpus }: ListCase, filters: readonly Filter[]): Complaint[] {
  const law = query.q === undefined ? lawOfFilters(filters) : 'filters-combine'
  const { must, may } = selection(corpus.items, query)
  // All or none of the items that were not read may be found.
  const unread = corpus.total - corpus.items.length
  const most = may.length + Math.max(0, unread)
  if (total < must.length || total > most) {
    const expected = must.length === most ? `${must.length}` : `${must.length} to ${most}`
    const what = [...(query.q === undefined ? [] : [`q=${query.q}`]), ...filters.map(describeFilter)].join('&')
    const came = `total ${total}, while ${expected} of ${corpus.total} items meet ${what}`
    return [{ law, came, evidence: 'comparison' }]
  }
  if (items.length < total || items.some(({ id }) => id === undefined)) return []
  const found = new Set(items.map(({ id }) => id))
  const missed = must.find(({ id }) => !found.has(id))
  if (missed === undefined) return []
  return [{ law, came: `item ${JSON.stringify(missed['id'])} is not found, though it matches`, evidence: 'comparison' }]
}

/** Whether a filter was refused that a provider need not take: the answer then says nothing of a law. */
export function isRefusedOperator({ status, ask: { query } }: Answer): boolean {
  return status === 400 && query?.filters !== undefined && !query.filters.every(mustBeTaken)
}

/** A 400 for filters by equality alone: every member is filterable. */
export function judgeRefusal(answer: Answer, { filters = [] }: ListQuery): Complaint[] {
  if (answer.status !== 400 || filters.length === 0 || isRefusedOperator(answer)) return []
  return [{ law: 'filter-equal', came: statusAndBody(answer), evidence: 'answer' }]
}
