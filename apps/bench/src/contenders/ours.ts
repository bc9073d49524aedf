import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Lease } from '@hood-exports/client/rate-limit'
import type { Contender } from './contender.ts'

/** This project's. */
export function ours({ probe }: { readonly probe: 'never' | 'once' }): Contender {
  return {
    name: probe === 'never' ? 'ours' : 'ours, one probe',
    start({ send, maxInFlight }) {
      const limiter = createRateLimiter({ probe, maxInFlight })
      return async (call) => {
        let lease: Lease | undefined
        for (;;) {
          lease = await limiter.acquire({ after: lease })
          try {
            if (lease.answered(await send(call)).kind === 'pass') return
          } finally {
            lease.release()
          }
        }
      }
    },
  }
}
