import { ORIGIN, PATHS } from '@hood-exports/openapi'
import { UsageError } from './usage-error.ts'

/**
 * A base URL without a slash at its end.
 *
 * @param from where it was given, for the error
 * @throws UsageError
 */
export function readBaseUrl(text: string, from: string): string {
  const url = URL.parse(text)
  // Credentials are not repeated.
  if (url !== null && (url.username !== '' || url.password !== '')) {
    throw new UsageError(`${from} has credentials in it: give the token in HOOD_TOKEN instead`)
  }
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new UsageError(
      `${from}: ${JSON.stringify(text)} is not an http(s) URL without query and fragment, such as ${ORIGIN}`,
    )
  }
  const prefix = url.pathname.replace(/\/+$/, '')
  if (prefix.endsWith(PATHS.list)) {
    const base = `${url.origin}${prefix.slice(0, -PATHS.list.length)}`
    throw new UsageError(`${from}: ${JSON.stringify(text)} names an operation: give what stands before it, ${base}`)
  }
  return `${url.origin}${prefix}`
}
