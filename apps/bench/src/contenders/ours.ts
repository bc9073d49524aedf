import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Permit, RateLimiter } from '@hood-exports/client/rate-limit'
import type { Contender, Setup } from './contender.ts'

/** This project's limiter, a separate one in each process. */
export function ours({ probe }: { readonly probe: 'never' | 'once' }): Contender {
  return {
    name: probe === 'never' ? 'ours' : 'ours, one probe',
    start: ({ maxInFlight, random, send }) => callThrough(createRateLimiter({ probe, maxInFlight, random }), send),
  }
}

/** Carries a call through, however often it is refused. */
export function callThrough(limiter: RateLimiter, send: Setup['send']): (call: number) => Promise<void> {
  return async (call) => {
    for (let permit: Permit | undefined; ;) {
      permit = await limiter.acquire({ after: permit })
      try {
        const answer = await send(call)
        permit.answered(answer)
        if (answer.status !== 429) return
      } finally {
        permit.release()
      }
    }
  }
}
