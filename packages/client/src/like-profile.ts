import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import type { RateLimiterOptions } from './rate-limit/rate-limiter.ts'

type Answer<Value> = { readonly confidence: 'observed'; readonly value: Value } | { readonly confidence: string }

/** The part of a vendor profile that a client reads: `JSON.parse` of the file. */
export interface ClientProfile {
  readonly answers: {
    readonly 'quota.limits'?: Answer<readonly number[]>
    readonly 'quota.parallel'?: Answer<number | 'not-reached'>
    readonly 'page.largest-size'?: Answer<number>
  }
}

/** The answers of a profile that a client has a use for. */
export interface ProfileSettings {
  /** For `createRateLimiter`: the windows of the account's tier, and how many requests may be in flight. */
  readonly limiter: Pick<RateLimiterOptions, 'windows' | 'maxInFlight'>
  /** For `list` and `listAll`: the largest page, so that a walk takes the fewest requests. Undefined: not learnt. */
  readonly pageSize: number | undefined
}

/**
 * What is known of an account before its first request, from the profile that `hood-contract learn` has written. Only
 * observed answers count. Windows are given only where the limits that headers showed belong to one tier.
 */
export function likeProfile({ answers }: ClientProfile): ProfileSettings {
  const shown = observed(answers['quota.limits']) ?? []
  const tiers = Object.values<readonly number[]>(RATE_LIMIT_TIERS).filter((tier) =>
    shown.every((limit) => tier.includes(limit)),
  )
  const [tier] = tiers.length === 1 ? tiers : []
  const parallel = observed(answers['quota.parallel'])
  return {
    limiter: {
      ...(tier && { windows: RATE_LIMIT_WINDOWS.map((window, index) => ({ ...window, limit: tier[index] ?? 1 })) }),
      ...(typeof parallel === 'number' && { maxInFlight: parallel }),
    },
    pageSize: observed(answers['page.largest-size']),
  }
}

function observed<Value>(answer: Answer<Value> | undefined): Value | undefined {
  return answer?.confidence === 'observed' && 'value' in answer ? answer.value : undefined
}
