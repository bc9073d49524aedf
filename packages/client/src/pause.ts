import { abortable } from './abortable.ts'
import { aborted } from './failures.ts'
import type { Clock, Timer } from './clock.ts'
import type { ExportsErrorFacts } from './errors.ts'

/** By how much each pause between two looks is longer than the one before. */
export const PAUSE_GROWTH = 1.5

interface PauseOptions {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  readonly facts: ExportsErrorFacts
}

/**
 * Waits.
 * @throws ExportsError `aborted`, at once.
 */
export async function pause(ms: number, { clock, signal, facts }: PauseOptions): Promise<void> {
  let timer: Timer | undefined
  const over = new Promise<void>((resolve) => {
    timer = clock.setTimer(resolve, ms)
  })
  try {
    await (signal ? abortable(over, signal) : over)
  } catch {
    throw aborted(signal?.reason, facts)
  } finally {
    timer?.cancel()
  }
}
