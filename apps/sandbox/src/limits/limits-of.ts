import { RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import { VENDOR_LIMITS } from '@hood-exports/provider'
import type { Limits } from '@hood-exports/provider'
import type { Choices } from '../choices.ts'

/** The limits of the platform's tier that has those which headers showed; those of exports when none has. */
export function limitsOf(choices: Choices): Limits {
  const shown = choices['quota.limits']
  const parallel = choices['quota.parallel']
  const tier: readonly number[] | undefined =
    shown.length === 0
      ? undefined
      : Object.values(RATE_LIMIT_TIERS).find((limits: readonly number[]) =>
          shown.every((limit) => limits.includes(limit)),
        )
  const windows = RATE_LIMIT_WINDOWS.map(({ windowMs }, index) => ({ windowMs, limit: tier?.[index] ?? 0 }))
  return {
    windows: tier === undefined ? VENDOR_LIMITS.windows : windows,
    ...(parallel === 'not-reached' ? {} : { parallel }),
  }
}
