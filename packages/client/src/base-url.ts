import { ORIGIN } from '@hood-exports/openapi'
import { invalidOption, invalidSecret } from './failures.ts'

/**
 * The base of every request, without a trailing slash.
 * @throws ExportsError `invalid-options` unless it is an http(s) URL without credentials, query and fragment.
 */
export function checkBaseUrl(baseUrl: string = ORIGIN): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  // Credentials are not repeated in the message.
  if (url && (url.username || url.password)) {
    throw invalidSecret('baseUrl', 'holds credentials')
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw invalidOption('baseUrl', baseUrl, 'is not an http(s) URL')
  }
  return url.href.replace(/\/+$/, '')
}
