import type { createInstance } from '@stoplight/prism-http'

type Logger = Parameters<typeof createInstance>[1]['logger']

/** Prism would log the headers of requests, and so their tokens: every method of this does nothing. */
export const SILENT: Logger = new Proxy({} as Logger, { get: () => (): Logger => SILENT })
