import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ViteUserConfig } from 'vitest/config'

/** For every package: reports that `scripts/test.ts` counts, and no test that runs twice. */
const config: ViteUserConfig = {
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.reports/vitest.json' },
    // A bound on what hangs, not a measure: a test that starts processes takes long where every core is busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The commands keep the quota of the machine there: tests neither meet that of the user nor leave anything in it.
    env: { XDG_STATE_HOME: mkdtempSync(join(tmpdir(), 'hood-exports-tests-')) },
  },
}

export default config
