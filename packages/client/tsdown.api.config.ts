import type { UserConfig } from 'tsdown'
import { ENTRIES, SHARED } from './tsdown.config.ts'

/** One file of declarations for each entry, so that a change of the public API is a change of a file in git. */
const config: UserConfig[] = Object.entries(ENTRIES).map(([name, source]) => ({
  ...SHARED,
  entry: { [name]: source },
  outDir: `.api/${name}`,
  dts: { oxc: {}, emitDtsOnly: true },
  logLevel: 'warn',
}))

export default config
