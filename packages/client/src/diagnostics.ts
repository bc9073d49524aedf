/**
 * The channel of `node:diagnostics_channel` that every client publishes its events to, for programs that watch the
 * process: `subscribe(DIAGNOSTICS_CHANNEL, (event) => …)`. Its messages are `ExportsEvent`s.
 */
export const DIAGNOSTICS_CHANNEL = 'hood-exports'
