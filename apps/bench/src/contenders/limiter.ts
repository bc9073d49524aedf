import { RateLimiter } from 'limiter'
import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'
import type { Guard } from './guard.ts'
import { MINUTE, SECOND, guarded } from './guard.ts'

/** Tokens of the minute, then of the second. It has no word for a 429: the call waits, and queues again. */
export function limiterContender(guard: Guard): Contender {
  const { suffix, secondMs, minuteMs } = guarded(guard)
  return {
    name: `limiter${suffix}`,
    start({ send, sleep }) {
      const minute = new RateLimiter({ tokensPerInterval: MINUTE, interval: minuteMs })
      const second = new RateLimiter({ tokensPerInterval: SECOND, interval: secondMs })
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
