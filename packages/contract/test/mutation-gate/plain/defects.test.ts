import { describe, expect, test } from 'vitest'
import { PLAIN_DEFECTS } from './defects.ts'
import { examinePlain } from './examine-plain.ts'

const families = Map.groupBy(PLAIN_DEFECTS, ({ family }) => family)

describe.each([...families])('a provider in node:http with one defect is found out: %s', (_family, defects) => {
  test.each(defects)('$defect', async ({ family: _family, defect: _defect, limits = 'off', ...demands }) => {
    const { violations } = await examinePlain({ limits, ...demands })
    expect(violations.length).toBeGreaterThan(0)
  })
})

test('each family has defects, and each of them is described once', () => {
  expect(families.size).toBe(16)
  expect(new Set(PLAIN_DEFECTS.map(({ family, defect }) => `${family} ${defect}`)).size).toBe(PLAIN_DEFECTS.length)
})
