import { createRateLimiter } from '@hood-exports/client/rate-limit'
import type { Clock, Lease, RateLimiter } from '@hood-exports/client/rate-limit'
import type { Credential } from './credential.ts'

export type { Clock }

/** Keeps a run inside the quota of each account. */
export interface Pace {
  /** Waits until the account of a credential has a place; undefined: nothing is to be waited for. */
  enter(credential: Credential): Promise<Lease | undefined>
}

export function createPace(limits: 'on' | 'off', clock: Clock): Pace {
  const limiters = new Map<string, RateLimiter>()
  return {
    enter: async (credential) => {
      if (limits === 'off') return undefined
      const account = accountOf(credential)
      let limiter = limiters.get(account)
      if (limiter === undefined) {
        // One at a time: the parallel limit is not known.
        limiter = createRateLimiter({ clock, maxInFlight: 1 })
        limiters.set(account, limiter)
      }
      return limiter.acquire()
    },
  }
}

/** Whose quota a request uses. Whether refused tokens use any is not documented, so they are paced like the main one. */
export function accountOf(credential: Credential): 'main' | 'other' | 'third' {
  if (credential.kind !== 'token' || credential.of === 'same') return 'main'
  return credential.of
}

export function sleep(ms: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => void clock.setTimer(resolve, ms))
}
