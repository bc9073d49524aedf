import { FILTER_KINDS } from '@hood-exports/openapi'
import type { Case, World } from '../../case.ts'
import type { Item } from '../../exchange.ts'
import { selection } from '../../oracle/selection.ts'
import { isMissing } from '../../oracle/text-order.ts'
import { UNKNOWN_ID, listRequest } from '../../test-request.ts'
import type { TestRequest } from '../../test-request.ts'
import { seamCase } from '../page.ts'
import { tellingTerm } from '../search-terms.ts'
import { filterCase, filteredCase, queryBeside } from './filter-case.ts'
import type { Filter, Operator } from './filter.ts'
import { FILTER_ROWS, SINGLE_FILTER_ROWS, shapesOf } from './filter-rows.ts'
import type { Rest, Row } from './filter-rows.ts'
import { preciseFilters } from './filter-values.ts'
import { tellingFilters } from './telling-filters.ts'

/** Filters of every member, with every operator, beside everything else that a list takes. */
export function filterCases(world: World): Case[] {
  const { snapshot } = world
  if (snapshot.items.length === 0) return []
  const [first, second, ...others] = [
    casesOf(FILTER_ROWS.slice(0, 2), world),
    casesOf(FILTER_ROWS.slice(2, 4), world),
    ...FILTER_ROWS.slice(4).map((row) => casesOf([row], world)),
  ]
  const rows = others.flat()
  const half = Math.ceil(rows.length / 2)
  return [
    ...(first ?? []),
    ...preciseFilters(world).map((filters) => filterCase(snapshot, SHOWN, filters)),
    ...(second ?? []),
    ...idCases(world),
    ...nullCases(world),
    ...rows.slice(0, half),
    ...failureReasonCases(world),
    ...searchCases(world),
    ...rows.slice(half),
  ]
}

/** For requests that are left over. */
export function moreFilterCases(world: World): Case[] {
  return [...seamCases(world), ...world.random.shuffle(casesOf(SINGLE_FILTER_ROWS, world))]
}

function casesOf(rows: readonly Row[], { snapshot, random }: World): Case[] {
  return rows.flatMap((row) => {
    const [view, sort] = row
    const filters = tellingFilters(shapesOf(row), { items: snapshot.items, random })
    return filters.length === 0 ? [] : [filterCase(snapshot, { view, ...(sort !== undefined && { sort }) }, filters)]
  })
}

const SHOWN: Rest = { view: 'shown' }
const HIDDEN: Rest = { view: 'hidden' }

/** What has no value, of a member of which some items have one. */
function nullCases({ snapshot, random }: World): Case[] {
  const { items } = snapshot
  const isMixed = (member: string): boolean =>
    items.some((item) => isMissing(item[member])) && items.some((item) => !isMissing(item[member]))
  // Which name `failure_reason` has as a filter is not documented.
  const mixed = Object.keys(FILTER_KINDS).filter((member) => member !== 'failure_reason' && isMixed(member))
  const member = random.pick(mixed)
  return member === undefined ? [] : [filterCase(snapshot, SHOWN, [{ member, operator: 'isn', values: [] }])]
}

const LONG_LIST = 50

/** Ids of the account, also among ids of others and in a long list; and companies, of which each account has its own. */
function idCases({ snapshot, otherAccounts: [otherAccount], random }: World): Case[] {
  const own = random.shuffle([...snapshot.byId.keys()])
  const [first, second] = own
  if (first === undefined) return []
  const theirs = otherAccount?.items ?? []
  const foreign = theirs.map(({ id }) => String(id)).find((id) => !snapshot.byId.has(id))
  const [company] = companiesOf(snapshot.items)
  const foreignCompany = companiesOf(theirs).find((one) => !companiesOf(snapshot.items).includes(one))
  const id = (operator: Operator, ...values: readonly string[]): Filter => ({ member: 'id', operator, values })
  const ofCompany = (value: string): Filter => ({ member: 'company_id', operator: 'eq', values: [value] })
  return [
    filterCase(snapshot, HIDDEN, [id('in', ...[first, foreign ?? UNKNOWN_ID, second].filter(isGiven))]),
    filterCase(snapshot, SHOWN, [id('alone', first), ...(company === undefined ? [] : [ofCompany(company)])]),
    filterCase(snapshot, SHOWN, [ofCompany(foreignCompany ?? UNKNOWN_ID)]),
    ...(own.length > 2 ? [filterCase(snapshot, HIDDEN, [id('in', ...own.slice(0, LONG_LIST))])] : []),
    ...(foreign === undefined ? [] : [filterCase(snapshot, HIDDEN, [id('eq', foreign)])]),
  ]
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined
}

function companiesOf(items: readonly Item[]): string[] {
  return [...new Set(items.flatMap(({ company_id: company }) => (typeof company === 'string' ? [company] : [])))]
}

/** By the name of the member, or by that of `q_fields`: which one is not documented. */
function failureReasonCases({ snapshot, random }: World): Case[] {
  const [filter] = tellingFilters([{ member: 'failure_reason', operator: 'eq' }], { items: snapshot.items, random })
  if (filter === undefined) return []
  const request = (member: string): TestRequest =>
    listRequest({ ...queryBeside(SHOWN, [filter], snapshot), filters: [{ ...filter, member }] })
  return [
    {
      law: 'filter-equal',
      requests: [request('failure_reason'), request('failed_reason')],
      check: (answers, { judgeList }) => {
        const [one = [], other = []] = answers.map(judgeList)
        return one.length === 0 || other.length === 0 ? [] : one
      },
    },
  ]
}

/** A search and a filter, each of which leaves out what the other would find. */
function searchCases({ snapshot, random }: World): Case[] {
  const qFields = ['name']
  const q = tellingTerm({ items: snapshot.items, qFields, random })
  if (q === undefined) return []
  const { must } = selection(snapshot.items, { q, qFields })
  const shapes = [
    { member: 'status', operator: 'alone' },
    { member: 'create_time', operator: 'gte' },
  ] as const
  return shapes.flatMap((shape) => {
    const filters = tellingFilters([shape], { items: must, random })
    const page = [1, Math.min(20, snapshot.pageSize)] as const
    const query = { fields: ['id', 'name', shape.member], sort: ['-name'], page, q, qFields, filters }
    return filters.length === 0 ? [] : [filteredCase('filters-combine', query)]
  })
}

/** Pages of a filtered list without an order: small ones are pieces of a large one. */
function seamCases({ snapshot, random }: World): Case[] {
  const filters = tellingFilters([{ member: 'status', operator: 'alone' }], { items: snapshot.items, random })
  const { length } = selection(snapshot.items, { filters }).must
  const size = Math.min(Math.ceil(length / 3), Math.floor(snapshot.pageSize / 3))
  if (size === 0) return []
  const pageAt = (number: number, length: number): TestRequest =>
    listRequest({ fields: ['id', 'status'], page: [number, length], filters })
  return [seamCase([pageAt(1, size), pageAt(2, size)], pageAt(1, 2 * size + 1), size)]
}
