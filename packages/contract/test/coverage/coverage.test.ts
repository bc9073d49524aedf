import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PACT_FILE } from '../pact-file.ts'
import { coverageOf } from './coverage.ts'
import type { Interaction } from './coverage.ts'
import { UNCOVERED } from './uncovered.ts'

const { interactions } = JSON.parse(readFileSync(PACT_FILE, 'utf8')) as { readonly interactions: Interaction[] }

test.each(coverageOf(interactions).map(({ point, metBy, reason }) => ({ name: point.name, metBy, reason })))(
  '$name is met by an interaction of the pact, or has a reason why not',
  ({ metBy, reason }) => {
    expect(metBy.length > 0 || reason !== undefined).toBe(true)
  },
)

test('no reason is given for what is met, nor for what the spec does not have', () => {
  const unmet = coverageOf(interactions).filter(({ metBy }) => metBy.length === 0)
  expect(unmet.map(({ point }) => point.name).toSorted()).toEqual(Object.keys(UNCOVERED).toSorted())
})

test('without an interaction that alone meets a point, the point is not met', () => {
  const others = interactions.filter(({ description }) => description !== 'a retry of an id that is none')
  const lost = coverageOf(others).filter(({ metBy, reason }) => metBy.length === 0 && reason === undefined)
  expect(lost.map(({ point }) => point.name)).toContain('retryExport 400')
})
