import type { UserConfig } from 'tsdown'
// @boundaries-ignore the settings of every build, in one place
import { base } from '../../tsdown.base.ts'

const config: UserConfig = { ...base, entry: ['src/bin.ts'], dts: false }

export default config
