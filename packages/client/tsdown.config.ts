import { defineConfig } from 'tsdown'
import type { UserConfig } from 'tsdown'

export const ENTRIES: Readonly<Record<string, string>> = {
  index: 'src/index.ts',
  node: 'src/node/index.ts',
  'rate-limit': 'src/rate-limit/index.ts',
  testing: 'src/testing/index.ts',
  types: 'src/types.ts',
}

export const SHARED: UserConfig = {
  platform: 'neutral',
  target: 'es2023',
  // The spec's types and constants become part of the package: what is depended on is what was tested.
  deps: { alwaysBundle: [/^@hood-exports\/openapi/], neverBundle: [/^node:/] },
  dts: { oxc: {} },
  fixedExtension: false,
}

const config: UserConfig = defineConfig({ ...SHARED, entry: { ...ENTRIES } })

export default config
