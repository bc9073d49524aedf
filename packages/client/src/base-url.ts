import { ORIGIN } from '@hood-exports/openapi'
import { ExportsError } from './errors.ts'
import { show } from './show.ts'

/**
 * The base of every request, without a trailing slash.
 * @throws ExportsError `invalid-options` unless it is an http(s) URL without credentials, query and fragment.
 */
export function checkBaseUrl(baseUrl: string = ORIGIN): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  // Credentials are not repeated in the message.
  if (url && (url.username || url.password)) {
    throw new ExportsError('invalid-options', 'baseUrl holds credentials: give the token as `token` instead')
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new ExportsError(
      'invalid-options',
      `baseUrl: ${show(baseUrl)} is not an http(s) URL without query and fragment, such as ${ORIGIN}`,
      { value: baseUrl },
    )
  }
  return url.href.replace(/\/+$/, '')
}
