/** Where events are published; what `node:diagnostics_channel` calls a channel. */
export interface Diagnostics {
  readonly hasSubscribers: boolean
  publish(message: unknown): void
}

/** Where there is no `node:diagnostics_channel`, there is no subscriber. On Node, `#runtime` is another file. */
export const diagnostics: Diagnostics = { hasSubscribers: false, publish() {} }

/** What is sent besides the headers of a call. A browser sends a `User-Agent` of its own, and would ask the API about ours. */
export const identity: Readonly<Record<string, string>> = {}
