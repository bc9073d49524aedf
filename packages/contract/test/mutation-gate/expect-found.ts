import { describe, expect, test } from 'vitest'
import { examine } from './examine.ts'
import type { Mutant } from './provider.ts'

/** Fewer would not be a family. */
const FEWEST = 10

/** Each of the mutants breaks a law. */
export function expectFound(mutants: readonly Mutant[]): void {
  const families = Map.groupBy(mutants, ({ family }) => family)
  describe.each([...families.keys()])('a provider with one defect is found out: %s', (family) => {
    const members = families.get(family) ?? []

    test.each(members)('$name: $defect', async ({ change, sandbox, writes, limits = 'off' }) => {
      const { violations } = await examine({ change, sandbox, limits, writes })
      expect(violations.length).toBeGreaterThan(0)
    })

    test(`has at least ${FEWEST} defects, each with a name of its own`, () => {
      expect(new Set(members.map(({ name }) => name)).size).toBe(members.length)
      expect(members.length).toBeGreaterThanOrEqual(FEWEST)
    })
  })
}
