import { channel } from 'node:diagnostics_channel'
import { DIAGNOSTICS_CHANNEL } from './diagnostics.ts'
import type { Diagnostics } from './diagnostics.ts'

/** What `#diagnostics` is on Node: costs a look at a boolean while there is no subscriber. */
export const diagnostics: Diagnostics = channel(DIAGNOSTICS_CHANNEL)
