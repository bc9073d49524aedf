import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import fc from 'fast-check'
import type { Corpus } from './corpus.ts'
import type { ListQuery } from './list-query.ts'
import { matches, memberOf } from './oracle/matches.ts'
import type { Random } from './random.ts'
import { tellingTerm } from './search-terms.ts'

const TERMS = 12

/** Any well-formed query that says something about these items, every parameter with every other one. */
export function randomQuery(corpus: Corpus, random: Random): fc.Arbitrary<ListQuery> {
  const terms = Array.from({ length: TERMS }, () => {
    const qFields = random.shuffle(SEARCHABLE_FIELDS).slice(0, 1 + random.below(2))
    const q = tellingTerm({ items: corpus.items, qFields, random })
    return q === undefined ? undefined : { q, qFields, count: matches(corpus.items, q, qFields).must.length }
  }).filter((term) => term !== undefined)

  const largest = Math.max(1, Math.min(corpus.pageSize, 60))
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
      },
      { requiredKeys: ['page'] },
    )
    .map(({ search, fields, page: { size, part }, ...query }) => ({
      ...query,
      page: [pageAt(part, search?.count ?? Math.min(corpus.total, corpus.items.length), size), size] as const,
      ...(fields && { fields: [...new Set(['id', ...fields, ...(search?.qFields ?? []).map(memberOf)])] }),
      ...(search && { q: search.q, qFields: search.qFields }),
    }))
}

function pageAt(part: number, count: number, size: number): number {
  return 1 + Math.floor((part / 100) * Math.max(1, Math.ceil(count / size)))
}
