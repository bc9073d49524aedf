import type { ExportsClientOptions } from '@hood-exports/client'

type Clock = NonNullable<ExportsClientOptions['clock']>

/** Longer timers are time-outs, which nobody wants to come true. */
const LONGEST_WAIT_MS = 5_000

/** Time that passes as fast as somebody waits for it: for what is right after the waits. */
export function hurriedClock(): Clock {
  let now = 0
  return {
    now: () => now,
    wallNow: () => now,
    setTimer(callback, delayMs) {
      if (delayMs > LONGEST_WAIT_MS) return { cancel() {} }
      const handle = setImmediate(() => {
        now += delayMs
        callback()
      })
      return { cancel: () => clearImmediate(handle) }
    },
  }
}
