import type { ViteUserConfig } from 'vitest/config'

/** What every package's vitest shares: reports that `scripts/test.ts` counts, and no hidden retries. */
export const base: ViteUserConfig = {
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.reports/vitest.json' },
    passWithNoTests: false,
  },
}
