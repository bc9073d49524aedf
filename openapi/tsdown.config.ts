import type { UserConfig } from 'tsdown'
// @boundaries-ignore the settings of every build, in one place
import { base } from '../tsdown.base.ts'

const config: UserConfig = {
  ...base,
  entry: {
    constants: 'generated/constants.ts',
    types: 'generated/types.ts',
    document: 'generated/document.ts',
    profile: 'src/vendor-profile/index.ts',
  },
  platform: 'neutral',
}

export default config
