import { mergeConfig } from 'vitest/config'
import { base } from '../../vitest.base.ts'

export default mergeConfig(base, {
  // The lost-signal test needs collections on demand.
  test: { execArgv: ['--expose-gc'], typecheck: { enabled: true, include: ['src/**/*.test-d.ts'], ignoreSourceErrors: false } },
})
