import { resolve } from 'node:path'
import type { UserConfig } from 'tsdown'
// @boundaries-ignore the settings of every build, in one place
import { base } from '../../tsdown.base.ts'

export const ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  calls: 'src/calls.ts',
  node: 'src/node/index.ts',
  otel: 'src/otel/index.ts',
  'rate-limit': 'src/rate-limit/index.ts',
  redis: 'src/redis/index.ts',
  s3: 'src/s3/index.ts',
  testing: 'src/testing/index.ts',
  types: 'src/types.ts',
}

export const SHARED: UserConfig = {
  ...base,
  platform: 'neutral',
  // The spec's types and constants become part of the package: what is depended on is what was tested.
  deps: { alwaysBundle: [/^@hood-exports\/openapi/], neverBundle: [/^node:/, /^#/] },
}

/** What the `imports` of package.json are, by condition: files of their own that no module imports. */
const BY_CONDITION = {
  'checks.full': 'src/checks.full.ts',
  'checks.none': 'src/checks.none.ts',
  'texts.full': 'src/texts.full.ts',
  'texts.none': 'src/texts.none.ts',
  runtime: 'src/runtime.ts',
  'runtime.node': 'src/runtime.node.ts',
}

/**
 * The same for `require`, where modules cannot be loaded: Jest and older Node. It is made for Node alone, so it has
 * what the conditions choose there inside. Node from 22.12 on loads the modules instead: two copies would not share
 * the limiters of a process.
 */
const COMMONJS: UserConfig = {
  ...SHARED,
  entry: { ...ENTRIES },
  format: 'cjs',
  clean: false,
  alias: {
    '#checks': resolve('src/checks.full.ts'),
    '#texts': resolve('src/texts.full.ts'),
    '#runtime': resolve('src/runtime.node.ts'),
  },
  deps: { ...SHARED.deps, neverBundle: [/^node:/] },
}

const config: UserConfig[] = [{ ...SHARED, entry: { ...ENTRIES, ...BY_CONDITION } }, COMMONJS]

export default config
