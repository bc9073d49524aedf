export { PortUnavailable, parseLimits } from '@hood-exports/provider'
export type {
  Clock,
  FaultOption,
  LimitOption,
  Limits,
  RateLimitWindow as Window,
  RecordedRequest,
  RequestMatch,
} from '@hood-exports/provider'
export { createSandbox } from './sandbox.ts'
export type { Sandbox, SandboxOptions, StartTime } from './sandbox.ts'
export { startSandbox } from './start.ts'
export type { StartedSandbox, StartOptions } from './start.ts'
export { DEMO_TOKENS } from './data/account.ts'
export type { AccountSetup } from './data/account-setup.ts'
export { DEFAULT_CHOICES, NULLS_LEFT_OUT, NUMBERS_AS_TEXT, choicesLike } from './choices.ts'
export type { Choices } from './choices.ts'
export { STATE_NAMES } from './provider-states.ts'
