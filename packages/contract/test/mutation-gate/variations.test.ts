import { describe, expect, test } from 'vitest'
import { examine } from './examine.ts'
import { VARIATIONS } from './variations.ts'

describe.each(['off', 'on'] as const)('a correct provider raises no alarm, with limits %s', (limits) => {
  const permitted = VARIATIONS.filter((variation) => (variation.limits ?? limits) === limits)

  test.each(permitted)('$name: $permitted', async ({ change, sandbox, writes, latencyMs }) => {
    const { violations } = await examine({ change, sandbox, limits, writes, latencyMs })
    expect(violations).toEqual([])
  })

  test('there are at least 25 of them', () => {
    expect(permitted.length).toBeGreaterThanOrEqual(25)
  })
})
