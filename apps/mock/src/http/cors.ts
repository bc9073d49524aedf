/** Pages of any origin may call the mock, and may read the headers that a client needs. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Content-Disposition, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Mock-Reason',
}

/** What the answer to a preflight adds to {@link CORS_HEADERS}. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  // The star is every header but Authorization: tracing and the like add their own.
  'access-control-allow-headers': 'Authorization, Content-Type, Prefer, X-Mock-Fault, *',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-max-age': '600',
}
