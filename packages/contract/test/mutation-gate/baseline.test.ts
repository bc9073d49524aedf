import { describe, expect, test } from 'vitest'
import { compareWithBaseline } from '../../src/baseline.ts'
import type { Report } from '../../src/index.ts'
import { answers, eachItem, errorInstead, operationOf, parameterOfList, requests, withParameters } from './changes.ts'
import { examine } from './examine.ts'
import type { Change } from './provider.ts'

const ignored = (...names: string[]): Change =>
  requests((request) => withParameters(request, Object.fromEntries(names.map((name) => [name, undefined]))))

const DEFECTS = {
  'a member of another type': eachItem((item) => ('name' in item ? { ...item, name: 5 } : item)),
  'sort is ignored': ignored('sort'),
  'fields is ignored': ignored('fields'),
  'filters are ignored': ignored('status', 'resource', 'name', 'size', 'create_time'),
  'only the first key sorts': parameterOfList('sort', (keys) => keys.split(',')[0]),
  'views fail': answers((response, request) =>
    operationOf(request) === 'view' && response.status === 200
      ? errorInstead(response, 500, 'Internal server error.')
      : response,
  ),
} satisfies Record<string, Change>

type Defect = keyof typeof DEFECTS

const examined = async (seed: number, ...defects: readonly Defect[]): Promise<Report> => {
  const change: Change = (provider, around) =>
    defects.reduce((changed, defect) => DEFECTS[defect](changed, around), provider)
  return examine({ change, limits: 'off', seed })
}

const freshIn = ({ violations }: Report): string[] => [
  ...new Set(violations.filter(({ known }) => !known).map(({ law }) => law)),
]

describe('compared with the baseline of the same provider, whatever the seed, nothing is new and nothing is gone', () => {
  test.each(Object.keys(DEFECTS) as Defect[])('%s', async (defect) => {
    const compared = compareWithBaseline(await examined(2, defect), await examined(1, defect))
    expect(compared.violations.length).toBeGreaterThan(0)
    expect({ fresh: freshIn(compared), gone: compared.baseline?.gone }).toEqual({ fresh: [], gone: [] })
  })
})

test.each<[Defect, Defect, string[]]>([
  ['a member of another type', 'views fail', ['valid-is-answered']],
  ['sort is ignored', 'fields is ignored', ['fields-exact', 'mistakes-are-refused']],
  ['views fail', 'only the first key sorts', ['sort-order', 'mistakes-are-refused']],
])('where the baseline has that %s, a provider of which %s as well fails', async (known, added, laws) => {
  const compared = compareWithBaseline(await examined(2, known, added), await examined(1, known))
  expect(freshIn(compared)).toEqual(laws)
})

test('where one of two defects is mended, it is gone', async () => {
  const before = await examined(1, 'views fail', 'a member of another type')
  const { baseline } = compareWithBaseline(await examined(1, 'views fail'), before)
  expect(baseline?.gone.map(({ law, subjects }) => [law, subjects])).toEqual([['spec-items', ['name']]])
})
