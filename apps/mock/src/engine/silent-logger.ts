import type { createInstance } from '@stoplight/prism-http'

type Logger = Parameters<typeof createInstance>[1]['logger']

const nothing = (): void => {}

const silent = {
  child: () => silent,
  trace: nothing,
  debug: nothing,
  info: nothing,
  success: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
}

/** Prism would log the headers of requests, and so their tokens. */
export const SILENT = silent as unknown as Logger
