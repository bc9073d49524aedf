/** Time, by injection. */
export interface Clock {
  /** Milliseconds from an arbitrary moment; never goes back. */
  now(): number
  /** Milliseconds since the epoch; jumps when the clock is set. */
  wallNow(): number
  /** Calls back once, `delayMs` from now, however far that is; `Infinity` is never. */
  setTimer(callback: () => void, delayMs: number): Timer
}

export interface Timer {
  cancel(): void
}

/** The longest delay that `setTimeout` keeps; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1

const NEVER: Timer = { cancel() {} }

/** The system's clock. Its timers keep a process alive: each of them is waited for. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer(callback, delayMs) {
    if (delayMs === Infinity) return NEVER
    const dueAt = performance.now() + delayMs
    let handle: ReturnType<typeof setTimeout>
    const arm = (leftMs: number): void => {
      // `setTimeout` fires up to a millisecond early: rounding up keeps "not before" true.
      handle = setTimeout(check, Math.min(Math.max(0, Math.ceil(leftMs)), LONGEST_MS))
    }
    const check = (): void => {
      const leftMs = dueAt - performance.now()
      if (leftMs > 0) arm(leftMs)
      else callback()
    }
    arm(delayMs)
    return { cancel: () => clearTimeout(handle) }
  },
}
