import type { PATHS } from '@hood-exports/openapi'

/** The operations of the API; `raw` are the calls of `client.raw`. */
export type OperationName = keyof typeof PATHS | 'raw'
