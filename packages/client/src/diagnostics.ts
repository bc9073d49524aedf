/**
 * The channel of `node:diagnostics_channel` that every client publishes its events to, for programs that watch the
 * process: `subscribe(DIAGNOSTICS_CHANNEL, (event) => …)`. Its messages are `ExportsEvent`s.
 */
export const DIAGNOSTICS_CHANNEL = 'hood-exports'

/** Where events are published; what `node:diagnostics_channel` calls a channel. */
export interface Diagnostics {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

/** Where there is no `node:diagnostics_channel`, there is no subscriber. On Node, `#diagnostics` is another file. */
export const diagnostics: Diagnostics = { hasSubscribers: false, publish() {} }
