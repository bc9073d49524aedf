export { systemClock } from '../clock.ts'
export type { Clock, Timer } from '../clock.ts'
export { createRateLimiter } from './limiter.ts'
export type {
  AcquireOptions,
  Lease,
  LimiterSnapshot,
  RateLimiter,
  RateLimiterOptions,
  Verdict,
  WindowSnapshot,
} from './limiter.ts'
export { RateLimitRefusal } from './refusal.ts'
export { parseQuota, parseRetryAfter, rateLimitFacts } from './headers.ts'
export type { QuotaHeaders, RateLimitFacts, RetryAfter } from './headers.ts'
export { retryDelay } from './retry.ts'
export type { RetryOptions } from './retry.ts'
export { rateLimitMiddleware } from './middleware.ts'
export type { WindowSpec } from './window.ts'
