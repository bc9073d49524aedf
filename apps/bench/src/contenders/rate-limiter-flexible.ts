import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible'
import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'
import type { Guard } from './guard.ts'
import { MINUTE, SECOND, guarded } from './guard.ts'

/** A queue over each window. It has no word for a 429 that others caused: the call waits, and queues again. */
export function rateLimiterFlexible(guard: Guard): Contender {
  const { suffix, secondMs, minuteMs } = guarded(guard)
  return {
    name: `rate-limiter-flexible${suffix}`,
    start({ send, sleep }) {
      const minute = new RateLimiterQueue(new RateLimiterMemory({ points: MINUTE, duration: minuteMs / 1000 }))
      const second = new RateLimiterQueue(new RateLimiterMemory({ points: SECOND, duration: secondMs / 1000 }))
      return async (call) => {
        for (;;) {
          await minute.removeTokens(1)
          await second.removeTokens(1)
          const { status, headers } = await send(call)
          if (status !== 429) return
          await sleep(retryAfterMs(headers))
        }
      }
    },
  }
}
