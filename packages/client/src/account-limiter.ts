import { isEdgeWorker } from './edge-worker.ts'
import type { ExportsClientOptions } from './options.ts'
import { createRateLimiter } from './rate-limit/limiter.ts'
import type { RateLimiter } from './rate-limit/rate-limiter.ts'

/** Limiters of this process by origin and token. They are kept alive by their clients alone. */
const byText = new Map<string, WeakRef<RateLimiter>>()
const byFunction = new WeakMap<object, Map<string, WeakRef<RateLimiter>>>()

/**
 * The limiter of a client that was given none. Clients of one process with the same origin and token share one, as
 * they share the account's quota. A `fetch` or a clock of one's own is another world, with a limiter of its own; so is
 * each client on an edge worker, where a timer ends with the request that set it.
 */
export function limiterOf(options: ExportsClientOptions, origin: string): RateLimiter {
  const { token, clock, fetch, maxRetryAfterMs, random } = options
  const create = (): RateLimiter => createRateLimiter({ clock, maxRetryAfterMs, random })
  if (clock || fetch || random || isEdgeWorker()) return create()
  const key = `${origin} ${maxRetryAfterMs ?? ''}`
  if (typeof token === 'string') return shared(byText, `${key} ${token}`, create)
  const ofToken = byFunction.get(token) ?? new Map<string, WeakRef<RateLimiter>>()
  byFunction.set(token, ofToken)
  return shared(ofToken, key, create)
}

function shared(limiters: Map<string, WeakRef<RateLimiter>>, key: string, create: () => RateLimiter): RateLimiter {
  const known = limiters.get(key)?.deref()
  if (known) return known
  for (const [other, limiter] of limiters) if (!limiter.deref()) limiters.delete(other)
  const limiter = create()
  limiters.set(key, new WeakRef(limiter))
  return limiter
}
