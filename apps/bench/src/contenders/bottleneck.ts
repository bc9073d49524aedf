import Bottleneck from 'bottleneck'
import type { Contender } from './contender.ts'
import { retryAfterMs } from './contender.ts'
import type { Guard } from './guard.ts'
import { MINUTE, SECOND, guarded } from './guard.ts'

class Refused extends Error {
  readonly waitMs: number

  constructor(waitMs: number) {
    super('429')
    this.waitMs = waitMs
  }
}

/** A reservoir for the minute, `minTime` for the second, and retries by its `failed` event, as its README shows. */
export function bottleneck(guard: Guard): Contender {
  const { suffix, secondMs, minuteMs } = guarded(guard)
  return {
    name: `bottleneck${suffix}`,
    start({ send, maxInFlight = null }) {
      const limiter = new Bottleneck({
        reservoir: MINUTE,
        reservoirRefreshAmount: MINUTE,
        reservoirRefreshInterval: minuteMs,
        minTime: secondMs / SECOND,
        maxConcurrent: maxInFlight,
      })
      limiter.on('failed', (error: Refused) => error.waitMs)
      return (call) =>
        limiter.schedule(async () => {
          const { status, headers } = await send(call)
          if (status === 429) throw new Refused(retryAfterMs(headers))
        })
    },
  }
}
