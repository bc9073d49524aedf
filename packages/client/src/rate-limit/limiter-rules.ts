import { callback, numberFrom, objectWith, oneOf, wholeFrom } from '../check.ts'
import type { OptionRule } from '../check.ts'
import type { WindowSpec } from './planner/window-spec.ts'
import type { RateLimiterOptions } from './rate-limiter.ts'

const windows: OptionRule = (value) =>
  Array.isArray(value) && value.every(isWindow)
    ? undefined
    : 'a list of windows, each with a name, a whole limit from 1 and windowMs from 1'

function isWindow(value: unknown): boolean {
  const { name, limit, windowMs } = (value ?? {}) as Partial<WindowSpec>
  return typeof name === 'string' && Number.isInteger(limit) && Number(limit) >= 1 && Number(windowMs) >= 1
}

/** The rules of {@link RateLimiterOptions}. */
export const LIMITER_RULES: Readonly<Record<keyof RateLimiterOptions, OptionRule>> = {
  windows,
  maxInFlight: numberFrom(1),
  maxQueue: wholeFrom(0),
  maxRetryAfterMs: numberFrom(0),
  probe: oneOf('never', 'once'),
  clock: objectWith('setTimer', 'a clock'),
  random: callback,
}
