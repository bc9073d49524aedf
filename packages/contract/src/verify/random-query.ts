import {
  FILTER_KINDS,
  FILTER_OPERATORS,
  SEARCHABLE_FIELDS,
  SELECTABLE_FIELDS,
  SORTABLE_FIELDS,
} from '@hood-exports/openapi'
import fc from 'fast-check'
import type { AccountSnapshot } from './account-snapshot.ts'
import type { Filter } from './laws/filter/filter.ts'
import type { ListQuery } from './list-query.ts'
import { memberOf } from './oracle/matches.ts'
import { selection } from './oracle/selection.ts'
import type { Random } from './random.ts'
import { tellingTerm } from './laws/search-terms.ts'
import { tellingFilters } from './laws/filter/telling-filters.ts'

const TERMS = 12
const FILTERS = 16

/** Which name `failure_reason` has as a filter is not documented. */
const MEMBERS = Object.entries(FILTER_KINDS).filter(([member]) => member !== 'failure_reason')

/** One or two filters that say something about these items. */
function randomFilters({ items }: AccountSnapshot, random: Random): readonly Filter[] {
  const members = random.shuffle(MEMBERS).slice(0, 1 + random.below(2))
  const shapes = members.flatMap(([member, kind]) => {
    const operator = random.pick(['alone' as const, ...FILTER_OPERATORS[kind]])
    return operator === undefined ? [] : [{ member, operator }]
  })
  return tellingFilters(shapes, { items, random })
}

/** Any well-formed query that says something about these items, every parameter with every other one. */
export function randomQuery(snapshot: AccountSnapshot, random: Random): fc.Arbitrary<ListQuery> {
  const terms = Array.from({ length: TERMS }, () => {
    const qFields = random.shuffle(SEARCHABLE_FIELDS).slice(0, 1 + random.below(2))
    const q = tellingTerm({ items: snapshot.items, qFields, random })
    return q === undefined ? undefined : { q, qFields }
  }).filter((term) => term !== undefined)
  const filters = Array.from({ length: FILTERS }, () => randomFilters(snapshot, random)).filter(
    ({ length }) => length > 0,
  )

  const largest = Math.max(1, Math.min(snapshot.pageSize, 60))
  // A page that exists: which one is a part of how many there are.
  const page = fc.record({ size: fc.integer({ min: 1, max: largest }), part: fc.nat(99) })
  const keys = SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`])
  const sort = fc.uniqueArray(fc.constantFrom(...keys), {
    minLength: 1,
    maxLength: 3,
    selector: (key) => key.replace(/^-/, ''),
  })
  return fc
    .record(
      {
        fields: fc.subarray([...SELECTABLE_FIELDS], { minLength: 1 }),
        view: fc.constantFrom('default' as const, 'full' as const),
        sort,
        page,
        search: terms.length === 0 ? fc.constant(undefined) : fc.constantFrom(...terms),
        filters: filters.length === 0 ? fc.constant([]) : fc.constantFrom(...filters),
      },
      { requiredKeys: ['page'] },
    )
    .map(({ search, fields, filters: chosen = [], page: { size, part }, ...query }) => {
      const selective = { ...search, ...(chosen.length > 0 && { filters: chosen }) }
      const isSelective = Object.keys(selective).length > 0
      const count = isSelective
        ? selection(snapshot.items, selective).must.length
        : Math.min(snapshot.total, snapshot.items.length)
      return {
        ...query,
        ...selective,
        page: [pageAt(part, count, size), size] as const,
        ...(fields && { fields: [...new Set(['id', ...fields, ...(search?.qFields ?? []).map(memberOf)])] }),
      }
    })
}

function pageAt(part: number, count: number, size: number): number {
  return 1 + Math.floor((part / 100) * Math.max(1, Math.ceil(count / size)))
}
