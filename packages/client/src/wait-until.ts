import { abortable } from './abortable.ts'
import { aborted, pastDeadline } from './attempt.ts'
import type { Clock } from './clock.ts'
import { checkNumber } from './options.ts'
import type { CallOptions } from './options.ts'

/** How to poll. `deadlineMs` is for the whole wait. */
export interface WaitOptions extends CallOptions {
  /** Milliseconds before the second look. Default 1,000. */
  readonly intervalMs?: number | undefined
  /** The longest pause, which grows by half each time. Default 30,000. */
  readonly maxIntervalMs?: number | undefined
}

/**
 * Looks again and again, with growing pauses, until `isDone`.
 * @throws ExportsError `deadline` when it would look past the deadline; `aborted`; whatever `look` rejects with.
 */
export async function pollUntil<Value>(
  look: (remainingMs: number) => Promise<Value>,
  isDone: (value: Value) => boolean,
  { signal, deadlineMs = Infinity, intervalMs = 1_000, maxIntervalMs = 30_000 }: WaitOptions,
  clock: Clock,
): Promise<Value> {
  checkNumber('intervalMs', intervalMs, 1)
  checkNumber('maxIntervalMs', maxIntervalMs, 1)
  const deadline = clock.now() + deadlineMs
  let pauseMs = Math.min(intervalMs, maxIntervalMs)
  for (let looks = 1; ; looks += 1) {
    const value = await look(deadline - clock.now())
    if (isDone(value)) return value
    if (clock.now() + pauseMs >= deadline) throw pastDeadline({ attempts: looks })
    let timer: { cancel(): void } | undefined
    const pause = new Promise<void>((resolve) => {
      timer = clock.setTimer(resolve, pauseMs)
    })
    try {
      await (signal ? abortable(pause, signal) : pause)
    } catch {
      throw aborted(signal?.reason, { attempts: looks })
    } finally {
      timer?.cancel()
    }
    pauseMs = Math.min(pauseMs * 1.5, maxIntervalMs)
  }
}
