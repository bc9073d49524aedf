import { isExportsError } from './errors.ts'

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
export function neverArrived(error: unknown): boolean {
  if (!isExportsError(error, 'network')) return false
  for (let { cause }: { cause?: unknown } = error; cause instanceof Error; { cause } = cause) {
    if (NO_CONNECTION.has((cause as { code?: unknown }).code)) return true
  }
  return false
}
