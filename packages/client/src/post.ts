import { isExportsError } from './errors.ts'
import type { ExportsError } from './errors.ts'

/** What a call sends as a POST, and what its failures mean: no POST is sent twice by guessing. */
export interface Post {
  /** JSON. */
  readonly payload: string | undefined
  readonly neverArrived: (error: unknown) => boolean
  readonly leaveOpen: (error: ExportsError) => void
}

export function post(payload?: string): Post {
  return { payload, neverArrived, leaveOpen }
}

/** What Node (libuv, undici) and Bun say when no connection came about, so that no byte of the request was sent. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
])

/**
 * Whether a failed request provably never reached the API: the connection was refused, or the host is unknown.
 * A browser does not say, so there every network failure leaves the question open.
 */
function neverArrived(error: unknown): boolean {
  if (!isExportsError(error, 'network')) return false
  for (let { cause }: { cause?: unknown } = error; cause instanceof Error; { cause } = cause) {
    if (NO_CONNECTION.has((cause as { code?: unknown }).code)) return true
  }
  return false
}

/** Marks the failure of a POST that may have been carried out all the same. */
export function leaveOpen(error: ExportsError): ExportsError {
  error.outcome = 'unknown'
  error.message += '. Whether the API has carried it out is unknown: look before you send it again'
  return error
}
