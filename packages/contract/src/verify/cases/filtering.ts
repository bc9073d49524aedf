import { askList } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Item } from '../exchange.ts'
import type { Filter, Operator } from '../filter.ts'
import { UNKNOWN_ID } from '../unknown-id.ts'
import { judgeAccepted, judgeList } from '../oracle/judge-list.ts'
import { selection } from '../oracle/selection.ts'
import { tellingTerm } from '../search-terms.ts'
import { tellingFilters } from '../telling-filters.ts'
import type { Case, World } from './case.ts'
import { filterCase, filteredCase, queryBeside } from './filter-case.ts'
import { FILTER_ROWS, SINGLE_FILTER_ROWS, shapesOf } from './filter-rows.ts'
import type { Rest, Row } from './filter-rows.ts'
import { preciseFilters } from './filter-values.ts'
import { judgeSeams } from './seams.ts'

/** Filters of every member, with every operator, beside everything else that a list takes. */
export function filteringCases(world: World): Case[] {
  const { corpus } = world
  if (corpus.items.length === 0) return []
  const [first, second, ...others] = [
    casesOf(FILTER_ROWS.slice(0, 2), world),
    casesOf(FILTER_ROWS.slice(2, 4), world),
    ...FILTER_ROWS.slice(4).map((row) => casesOf([row], world)),
  ]
  const rows = others.flat()
  const half = Math.ceil(rows.length / 2)
  return [
    ...(first ?? []),
    ...preciseFilters(world).map((filters) => filterCase(corpus, SHOWN, filters)),
    ...(second ?? []),
    ...idCases(world),
    ...rows.slice(0, half),
    ...failureReasonCases(world),
    ...searchCases(world),
    ...rows.slice(half),
  ]
}

/** For requests that are left over. */
export function moreFilteringCases(world: World): Case[] {
  return [...seamCases(world), ...world.random.shuffle(casesOf(SINGLE_FILTER_ROWS, world))]
}

function casesOf(rows: readonly Row[], { corpus, random }: World): Case[] {
  return rows.flatMap((row) => {
    const [view, sort] = row
    const filters = tellingFilters(shapesOf(row), { items: corpus.items, random })
    return filters.length === 0 ? [] : [filterCase(corpus, { view, ...(sort !== undefined && { sort }) }, filters)]
  })
}

const SHOWN: Rest = { view: 'shown' }
const HIDDEN: Rest = { view: 'hidden' }

const LONG_LIST = 50

/** Ids of the account, also among ids of others and in a long list; and companies, of which each account has its own. */
function idCases({ corpus, neighbours: [neighbour], random }: World): Case[] {
  const own = random.shuffle([...corpus.byId.keys()])
  const [first, second] = own
  if (first === undefined) return []
  const theirs = neighbour?.items ?? []
  const foreign = theirs.map(({ id }) => String(id)).find((id) => !corpus.byId.has(id))
  const [company] = companiesOf(corpus.items)
  const foreignCompany = companiesOf(theirs).find((one) => !companiesOf(corpus.items).includes(one))
  const id = (operator: Operator, ...values: readonly string[]): Filter => ({ member: 'id', operator, values })
  const ofCompany = (value: string): Filter => ({ member: 'company_id', operator: 'eq', values: [value] })
  return [
    filterCase(corpus, HIDDEN, [id('in', ...[first, foreign ?? UNKNOWN_ID, second].filter(isGiven))]),
    filterCase(corpus, SHOWN, [id('alone', first), ...(company === undefined ? [] : [ofCompany(company)])]),
    filterCase(corpus, SHOWN, [ofCompany(foreignCompany ?? UNKNOWN_ID)]),
    ...(own.length > 2 ? [filterCase(corpus, HIDDEN, [id('in', ...own.slice(0, LONG_LIST))])] : []),
    ...(foreign === undefined ? [] : [filterCase(corpus, HIDDEN, [id('eq', foreign)])]),
  ]
}

function isGiven<Value>(value: Value | undefined): value is Value {
  return value !== undefined
}

function companiesOf(items: readonly Item[]): string[] {
  return [...new Set(items.flatMap(({ company_id: company }) => (typeof company === 'string' ? [company] : [])))]
}

/** By the name of the member, or by that of `q_fields`: which one is not documented. */
function failureReasonCases({ corpus, random }: World): Case[] {
  const [filter] = tellingFilters([{ member: 'failure_reason', operator: 'eq' }], { items: corpus.items, random })
  if (filter === undefined) return []
  const ask = (member: string): Ask =>
    askList({ ...queryBeside(SHOWN, [filter], corpus), filters: [{ ...filter, member }] })
  return [
    {
      law: 'filter-equal',
      asks: [ask('failure_reason'), ask('failed_reason')],
      judge: (answers, known) => {
        const [one = [], other = []] = answers.map((answer) => judgeList(answer, known))
        return one.length === 0 || other.length === 0 ? [] : one
      },
    },
  ]
}

/** A search and a filter, each of which leaves out what the other would find. */
function searchCases({ corpus, random }: World): Case[] {
  const qFields = ['name']
  const q = tellingTerm({ items: corpus.items, qFields, random })
  if (q === undefined) return []
  const { must } = selection(corpus.items, { q, qFields })
  const shapes = [
    { member: 'status', operator: 'alone' },
    { member: 'create_time', operator: 'gte' },
  ] as const
  return shapes.flatMap((shape) => {
    const filters = tellingFilters([shape], { items: must, random })
    const page = [1, Math.min(20, corpus.pageSize)] as const
    const query = { fields: ['id', 'name', shape.member], sort: ['-name'], page, q, qFields, filters }
    return filters.length === 0 ? [] : [filteredCase('filters-combine', query)]
  })
}

/** Pages of a filtered list without an order: small ones are pieces of a large one. */
function seamCases({ corpus, random }: World): Case[] {
  const filters = tellingFilters([{ member: 'status', operator: 'alone' }], { items: corpus.items, random })
  const { length } = selection(corpus.items, { filters }).must
  const size = Math.min(Math.ceil(length / 3), Math.floor(corpus.pageSize / 3))
  if (size === 0) return []
  const asks = [1, 2].map((number) => askList({ fields: ['id', 'status'], page: [number, size], filters }))
  const whole = askList({ fields: ['id', 'status'], page: [1, 2 * size + 1], filters })
  return [
    {
      law: 'pages-partition',
      asks: [...asks, whole],
      judge: (answers) => {
        const refused = answers.flatMap((answer, ask) => judgeAccepted(answer).map((one) => ({ ...one, ask })))
        return refused.length > 0 ? refused : judgeSeams(answers, size)
      },
    },
  ]
}
