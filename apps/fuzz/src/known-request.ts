import { PATHS } from '@hood-exports/openapi'
import fc from 'fast-check'
import { rightBody, wrongBody } from './bodies.ts'
import { rightFilter, rightFilters, wrongFilter } from './filters.ts'
import type { FuzzRequest, Ingredients } from './ingredients.ts'

const FORM = 'application/x-www-form-urlencoded'

/** Requests whose status the document settles: filters and bodies that are right, and such that are wrong in one way. */
export function knownRequest({ tokens }: Pick<Ingredients, 'tokens'>): fc.Arbitrary<FuzzRequest> {
  const list = (query: fc.Arbitrary<string>, expected: number): fc.Arbitrary<FuzzRequest> =>
    request(query.map((search) => ({ method: 'GET', target: `${PATHS.list}?${search}`, body: '', expected })))
  const create = (body: fc.Arbitrary<string>, expected: number, mediaType = 'application/json') =>
    request(
      body.map((text) => ({ method: 'POST', target: CREATE, body: text, expected })),
      mediaType,
    )
  const request = (
    made: fc.Arbitrary<Pick<FuzzRequest, 'method' | 'target' | 'body' | 'expected'>>,
    mediaType?: string,
  ): fc.Arbitrary<FuzzRequest> =>
    fc.tuple(made, fc.constantFrom(...tokens)).map(([facts, token]) => ({
      ...facts,
      host: 'x',
      headers: [
        ['Authorization', `Bearer ${token}`],
        ...(mediaType === undefined ? [] : [['Content-Type', mediaType] as const]),
      ],
    }))
  return fc.oneof(
    { weight: 4, arbitrary: list(rightFilters, 200) },
    { weight: 1, arbitrary: list(fc.tuple(rightFilters, fc.constant('page=1,5&sort=-size&view=full')).map(and), 200) },
    { weight: 2, arbitrary: list(wrongFilter, 400) },
    { weight: 1, arbitrary: list(fc.tuple(rightFilters, wrongFilter).map(and), 400) },
    {
      weight: 1,
      arbitrary: list(
        rightFilter.map((filter) => and([filter, filter])),
        400,
      ),
    },
    { weight: 3, arbitrary: create(rightBody, 202) },
    { weight: 2, arbitrary: create(wrongBody, 400) },
    { weight: 1, arbitrary: create(fc.constant('name=July&out=csv'), 400, FORM) },
  )
}

const CREATE = PATHS.exportQuickReport.replace('{id}', '1000000')

const and = (pairs: readonly string[]): string => pairs.join('&')
