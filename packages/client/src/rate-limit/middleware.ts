import type { Middleware } from 'openapi-fetch'
import { createRateLimiter } from './limiter.ts'
import type { Lease, RateLimiter } from './limiter.ts'

/**
 * The limiter as an openapi-fetch middleware, for a client of your own: waits before a request, learns from its answer.
 *
 * Register it last, so that nothing between it and `fetch` can answer or throw: openapi-fetch then skips the remaining
 * hooks. It cannot retry: a 429 reaches your code, and the wait is kept for every later call. `createExportsClient`
 * limits under openapi-fetch instead, where neither is so.
 */
export function rateLimitMiddleware(limiter: RateLimiter = createRateLimiter()): Middleware {
  const leases = new WeakMap<Request, Lease>()
  return {
    async onRequest({ request }) {
      leases.set(request, await limiter.acquire({ signal: request.signal }))
      return undefined
    },
    onResponse({ request, response }) {
      const lease = leases.get(request)
      lease?.answered(response)
      // Hooks do not see the end of a body: the place is given back at its head.
      lease?.release()
      return undefined
    },
    onError({ request }) {
      leases.get(request)?.release()
      return undefined
    },
  }
}
