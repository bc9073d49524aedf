import PQueue from 'p-queue'
import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'
import type { Guard } from './guard.ts'
import { MINUTE, SECOND, guarded } from './guard.ts'

/** Two queues in strict mode, one in the other; both pause for as long as a 429 says, and it is queued first again. */
export function pQueue(guard: Guard): Contender {
  const { suffix, secondMs, minuteMs } = guarded(guard)
  return {
    name: `p-queue${suffix}`,
    start({ send, sleep, maxInFlight = Infinity }) {
      const minute = new PQueue({ intervalCap: MINUTE, interval: minuteMs, strict: true })
      const second = new PQueue({
        intervalCap: SECOND,
        interval: secondMs,
        strict: true,
        concurrency: maxInFlight,
      })
      let pauses = 0
      const pause = async (ms: number): Promise<void> => {
        pauses += 1
        minute.pause()
        second.pause()
        await sleep(ms)
        pauses -= 1
        if (pauses > 0) return
        minute.start()
        second.start()
      }
      return async (call) => {
        for (let attempt = 0; ; attempt += 1) {
          const priority = attempt > 0 ? 1 : 0
          const { status, headers } = await minute.add(() => second.add(() => send(call), { priority }), { priority })
          if (status !== 429) return
          await pause(retryAfterMs(headers))
        }
      }
    },
  }
}
