import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'

/** A tier of the platform, with its requests in a second and in a minute. */
export interface Tier {
  readonly tier: string
  readonly limits: readonly number[]
}

/** Takes in the limit of an answer. @returns the tier of the account when it is another one than was known */
export type TierWatch = (limit: number | undefined) => Tier | undefined

/** At first, the tier of the documents is known. */
export function createTierWatch(): TierWatch {
  let known: number = RATE_LIMIT_WINDOWS[0].limit
  return (limit) => {
    for (const [tier, limits] of Object.entries<readonly number[]>(RATE_LIMIT_TIERS)) {
      if (!limits.includes(limit as number) || limits.includes(known)) continue
      known = limit as number
      return { tier, limits }
    }
    return undefined
  }
}
