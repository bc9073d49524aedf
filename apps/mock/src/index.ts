export { PortUnavailable } from '@hood-exports/provider'
export type {
  Clock,
  FaultOption,
  LimitOption,
  Limits,
  RateLimitWindow,
  RecordedRequest,
  RequestMatch,
} from '@hood-exports/provider'
export { createMock } from './mock.ts'
export type { Mock, MockOptions } from './mock.ts'
export { startMock } from './start.ts'
export type { StartOptions, StartedMock } from './start.ts'
export type { Scenario } from './scenario/scenarios.ts'
export type { Deviation } from './proxy/deviation.ts'
export { SpecUnreadable } from './spec/read-spec.ts'
export type { SpecChange } from './spec/watch-spec.ts'
