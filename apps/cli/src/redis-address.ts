import { UsageError } from '@hood-exports/command-line'

/**
 * The address in a URL of Redis without user and password, for people.
 *
 * @throws UsageError when the URL is none of Redis
 */
export function redisAddress(url: string): string {
  const fault = faultOf(url)
  if (fault === undefined) return new URL(url).host
  throw new UsageError(`The URL of Redis ${fault}: give it like redis://127.0.0.1:6379, with --redis or HOOD_REDIS`)
}

/** Which part is wrong; what may hold a password is not repeated. */
function faultOf(url: string): string | undefined {
  const [, scheme] = /^([a-z][\w+.-]*):\/\//i.exec(url) ?? []
  if (scheme === undefined) return 'has no scheme, redis:// or rediss://'
  if (!/^rediss?$/i.test(scheme)) return `has the scheme ${scheme}:// instead of redis:// or rediss://`
  if (!URL.canParse(url)) return 'has a host or a port that cannot be read'
  return new URL(url).hostname === '' ? 'has no host' : undefined
}
