import { SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS } from '@hood-exports/openapi'
import fc from 'fast-check'
import type { Corpus } from './corpus.ts'
import type { ListQuery } from './list-query.ts'
import { memberOf } from './oracle/matches.ts'
import type { Random } from './random.ts'
import { tellingTerm } from './search-terms.ts'

const TERMS = 12

/** Any well-formed query that says something about these items, every parameter with every other one. */
export function randomQuery(corpus: Corpus, random: Random): fc.Arbitrary<ListQuery> {
  const terms = Array.from({ length: TERMS }, () => {
    const qFields = random.shuffle(SEARCHABLE_FIELDS).slice(0, 1 + random.below(2))
    const q = tellingTerm({ items: corpus.items, qFields, random })
    return q === undefined ? undefined : { q, qFields }
  }).filter((term) => term !== undefined)

  const largest = Math.max(1, Math.min(corpus.pageSize, 60))
  const page = fc.integer({ min: 1, max: largest }).chain((size) => {
    const last = Math.max(1, Math.ceil(Math.min(corpus.total, corpus.items.length) / size))
    return fc.integer({ min: 1, max: last }).map((number): readonly [number, number] => [number, size])
  })
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
    .map(({ search, fields, ...query }) => ({
      ...query,
      ...(fields && { fields: [...new Set(['id', ...fields, ...(search?.qFields ?? []).map(memberOf)])] }),
      ...search,
    }))
}
