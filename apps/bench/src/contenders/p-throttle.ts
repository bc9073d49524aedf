import pThrottle from 'p-throttle'
import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'
import type { Guard } from './guard.ts'
import { MINUTE, SECOND, guarded } from './guard.ts'

/** Two throttles in strict mode, one in the other. It has no word for a 429: the call waits, and queues again. */
export function pThrottleContender(guard: Guard): Contender {
  const { suffix, secondMs, minuteMs } = guarded(guard)
  return {
    name: `p-throttle${suffix}`,
    start({ send, sleep }) {
      const inSecond = pThrottle({ limit: SECOND, interval: secondMs, strict: true })(send)
      const inMinute = pThrottle({ limit: MINUTE, interval: minuteMs, strict: true })(inSecond)
      return async (call) => {
        for (;;) {
          const { status, headers } = await inMinute(call)
          if (status !== 429) return
          await sleep(retryAfterMs(headers))
        }
      }
    },
  }
}
