import type { Middleware } from 'openapi-fetch'
import { createRateLimiter } from '../rate-limit/limiter.ts'
import type { Permit, RateLimiter } from '../rate-limit/rate-limiter.ts'

/**
 * The limiter as an openapi-fetch middleware, for a client of your own: waits before a request, learns from its answer.
 *
 * Register it last, so that nothing between it and `fetch` can answer or throw: openapi-fetch then skips the remaining
 * hooks. It cannot retry: a 429 reaches your code, and the wait is kept for every later call. `createExportsClient`
 * limits under openapi-fetch instead, where neither is so.
 */
export function rateLimitMiddleware(limiter: RateLimiter = createRateLimiter()): Middleware {
  const permits = new WeakMap<Request, Permit>()
  return {
    async onRequest({ request }) {
      permits.set(request, await limiter.acquire({ signal: request.signal }))
      return undefined
    },
    onResponse({ request, response }) {
      const permit = permits.get(request)
      permit?.answered(response)
      // Hooks do not see the end of a body: the place is given back at its head.
      permit?.release()
      return undefined
    },
    onError({ request }) {
      permits.get(request)?.release()
      return undefined
    },
  }
}
