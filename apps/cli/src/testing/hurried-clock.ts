import type { ExportsClientOptions } from '@hood-exports/client'

type Clock = NonNullable<ExportsClientOptions['clock']>

/** Rounds of the event loop without a file being read or written, after which all that is left waits for the time. */
const QUIET_ROUNDS = 5

/**
 * Time that passes as soon as all that is left waits for it. When nothing else is under way, neither a promise nor a file, it
 * jumps to the next timer.
 *
 * @param options.wall what the clock on the wall says at the beginning, in milliseconds since the epoch; default 0
 */
export function hurriedClock({ wall = 0 }: { readonly wall?: number } = {}): Clock {
  let now = 0
  let isWatching = false
  let quietRounds = 0
  const timers = new Map<object, { readonly dueAt: number; readonly callback: () => void }>()

  function watch(): void {
    if (timers.size === 0) {
      isWatching = false
      return
    }
    quietRounds = process.getActiveResourcesInfo().some((name) => /^FS|^FileHandle/.test(name)) ? 0 : quietRounds + 1
    if (quietRounds >= QUIET_ROUNDS) {
      quietRounds = 0
      const [key, { dueAt, callback }] = [...timers].reduce((a, b) => (b[1].dueAt < a[1].dueAt ? b : a))
      timers.delete(key)
      now = Math.max(now, dueAt)
      callback()
    }
    setImmediate(watch)
  }

  return {
    now: () => now,
    wallNow: () => wall + now,
    setTimer(callback, delayMs) {
      const key = {}
      if (delayMs === Infinity) return { cancel() {} }
      timers.set(key, { dueAt: now + Math.max(0, delayMs), callback })
      if (!isWatching) {
        isWatching = true
        quietRounds = 0
        setImmediate(watch)
      }
      return { cancel: () => void timers.delete(key) }
    },
  }
}
