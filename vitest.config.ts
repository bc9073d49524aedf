import type { ViteUserConfig } from 'vitest/config'

/** Of every package: reports that `scripts/test.ts` counts, and no test that runs twice. */
const config: ViteUserConfig = {
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.reports/vitest.json' },
  },
}

export default config
