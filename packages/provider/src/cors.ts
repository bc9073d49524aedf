import type { Answer, AnswerHeaders } from './answer.ts'
import { bytesBody } from './answer.ts'
import type { Call } from './call.ts'

const ANY_ORIGIN: AnswerHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Content-Disposition, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Hint, X-Mock-Reason, X-Sandbox-Reason',
  vary: 'Origin',
}

/**
 * Pages of any origin may call, with credentials too, and may read the headers that a client needs. A browser that sends
 * credentials takes no star (Fetch, 3.3.5), so the origin is named.
 */
export function corsHeaders({ headers: { origin } }: Call): AnswerHeaders {
  if (origin === undefined) return ANY_ORIGIN
  return { ...ANY_ORIGIN, 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }
}

/** Browsers ask before they send a token. Every header that they ask for is allowed: tracing and the like add their own. */
export function preflightAnswer({ headers }: Call): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-headers':
        headers['access-control-request-headers'] ?? 'Authorization, Content-Type, Prefer, X-Fault, *',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-max-age': '600',
    },
    body: bytesBody(''),
  }
}
