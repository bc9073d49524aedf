import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Permit } from '@hood-exports/client/rate-limit'
import Bottleneck from 'bottleneck'
import PQueue from 'p-queue'
import pThrottle from 'p-throttle'
import { RateLimiterMemory } from 'rate-limiter-flexible'

/** A call that need not wait, from asking to done. */
export interface Granting {
  readonly name: string
  readonly grants: number
  start(): () => unknown
}

const GRANTS = 5_000
const ENOUGH = 1e9
const OK = { status: 200, headers: new Headers() }

export const GRANTING: readonly Granting[] = [
  {
    name: 'ours',
    grants: GRANTS,
    start: () => {
      const limiter = createRateLimiter({ windows: [{ name: 'second', limit: ENOUGH, windowMs: 1_000 }] })
      return () => {
        const permit = limiter.acquire() as Permit
        permit.answered(OK)
        permit.release()
      }
    },
  },
  { name: 'p-throttle', grants: GRANTS, start: () => pThrottle({ limit: ENOUGH, interval: 1_000 })(() => undefined) },
  {
    name: 'rate-limiter-flexible',
    grants: GRANTS,
    start: () => {
      const limiter = new RateLimiterMemory({ points: ENOUGH, duration: 1 })
      return () => limiter.consume('account')
    },
  },
  {
    name: 'p-queue',
    grants: GRANTS,
    start: () => {
      const queue = new PQueue({ intervalCap: ENOUGH, interval: 1_000 })
      return () => queue.add(() => undefined)
    },
  },
  {
    name: 'bottleneck',
    // It sets a timer for each.
    grants: 300,
    start: () => {
      const limiter = new Bottleneck({ reservoir: ENOUGH })
      return () => limiter.schedule(() => Promise.resolve())
    },
  },
]

/** Microseconds for a grant, one after the other. */
export async function grantUs({ start, grants }: Granting): Promise<number> {
  const call = start()
  const startedAt = performance.now()
  for (let count = 0; count < grants; count += 1) await call()
  return ((performance.now() - startedAt) * 1_000) / grants
}
