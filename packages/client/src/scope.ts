import { abortable } from './abortable.ts'
import { aborted, pastDeadline } from './failures.ts'
import type { Clock, Timer } from './clock.ts'
import type { ExportsErrorFacts } from './errors.ts'

export interface ScopeOptions {
  readonly clock: Clock
  /** The caller's. */
  readonly signal: AbortSignal | undefined
  /** Moment on the clock; `Infinity`: none. */
  readonly deadline: number
  readonly facts: () => ExportsErrorFacts
}

/** The time of one call: what ends each of its waits. */
export interface Scope {
  /** The caller's signal, or one that the deadline aborts as well; `undefined` when nothing can end the call. */
  readonly signal: AbortSignal | undefined
  /** @throws the signal's reason, at once */
  pause(ms: number): Promise<void>
  /** What ended a wait, as an `ExportsError`; any other error stays as it is. */
  explain(error: unknown): unknown
  /** The call has ended: no timer and no listener stays. */
  close(): void
}

/** Opens the scope of a call. Without a deadline it costs nothing. */
export function openScope(options: ScopeOptions): Scope {
  const { clock, signal: given, deadline, facts } = options
  const ended = deadline < Infinity ? endedBy(options) : undefined
  const signal = ended?.signal ?? given
  return {
    signal,
    async pause(ms) {
      let timer: Timer | undefined
      const over = new Promise<void>((resolve) => {
        timer = clock.setTimer(resolve, ms)
      })
      try {
        await (signal ? abortable(over, signal) : over)
      } finally {
        timer?.cancel()
      }
    },
    explain(error) {
      if (!signal?.aborted || error !== signal.reason) return error
      return given?.aborted ? aborted(given.reason, facts()) : pastDeadline(facts())
    },
    close: () => ended?.close(),
  }
}

/** A signal that the caller's signal aborts, or the deadline. */
function endedBy({ clock, signal: given, deadline }: ScopeOptions): { signal: AbortSignal; close(): void } {
  const controller = new AbortController()
  const onAbort = (): void => controller.abort(given?.reason)
  given?.addEventListener('abort', onAbort, { once: true })
  const timer = clock.setTimer(() => controller.abort(), Math.max(0, deadline - clock.now()))
  if (given?.aborted) onAbort()
  return {
    signal: controller.signal,
    close() {
      timer.cancel()
      given?.removeEventListener('abort', onAbort)
    },
  }
}
