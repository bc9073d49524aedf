import { createRateLimiter, createSharedRateLimiter } from '@hood-exports/client/rate-limit'
import type { Lease, RateLimiter } from '@hood-exports/client/rate-limit'
import type { Contender, Setup } from './contender.ts'

/** This project's. */
export function ours({ probe }: { readonly probe: 'never' | 'once' }): Contender {
  return {
    name: probe === 'never' ? 'ours' : 'ours, one probe',
    start: ({ maxInFlight, ...setup }) => callThrough(createRateLimiter({ probe, maxInFlight }), setup),
  }
}

/** This project's, for several processes with a store. */
export const oursShared: Contender = {
  name: 'ours, shared store',
  start: ({ maxInFlight, store, ...setup }) => callThrough(createSharedRateLimiter({ store, maxInFlight }), setup),
}

function callThrough(limiter: RateLimiter, { send }: Pick<Setup, 'send'>): (call: number) => Promise<void> {
  return async (call) => {
    for (let lease: Lease | undefined; ;) {
      lease = await limiter.acquire({ after: lease })
      try {
        if (lease.answered(await send(call)).kind === 'pass') return
      } finally {
        lease.release()
      }
    }
  }
}
