import type { UserConfig } from 'tsdown'
import { ENTRIES, SHARED } from './tsdown.config.ts'

/**
 * The declarations of every entry, so that a change of the public API is a change of a file in git. In one build: what
 * several entries have stands once, in `shared.d.ts`.
 */
const config: UserConfig = {
  ...SHARED,
  entry: { ...ENTRIES },
  outDir: '.api',
  dts: { oxc: {}, emitDtsOnly: true },
  outputOptions: {
    chunkFileNames: '[name].ts',
    codeSplitting: { groups: [{ name: 'shared.d', minShareCount: 2 }] },
    minifyInternalExports: false,
  },
  logLevel: 'warn',
}

export default config
