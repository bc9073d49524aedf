import { channel } from 'node:diagnostics_channel'
import manifest from '../package.json' with { type: 'json' }
import { DIAGNOSTICS_CHANNEL } from './diagnostics.ts'
import type { Diagnostics } from './runtime.ts'

/** What `#runtime` is on Node, Deno and Bun. It costs a look at a boolean while there is no subscriber. */
export const diagnostics: Diagnostics = channel(DIAGNOSTICS_CHANNEL)

const { bun, deno, node } = process.versions
const runtime = bun ? `bun ${bun}` : deno ? `deno ${deno}` : `node ${node}`

/** Gateways block requests without a name, and those who run the API see what sends them. */
export const identity: Readonly<Record<string, string>> = {
  'user-agent': `hood-exports-client/${manifest.version} (${runtime})`,
}
