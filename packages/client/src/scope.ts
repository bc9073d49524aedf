import { abortable } from './abortable.ts'
import type { Clock, Timer } from './clock.ts'
import { aborted, pastDeadline } from './failures.ts'

/** By how much each pause between two looks is longer than the one before. */
export const PAUSE_GROWTH = 1.5

export interface ScopeOptions {
  readonly clock: Clock
  /** The caller's. */
  readonly signal: AbortSignal | undefined
  /** Moment on the clock. Default: none. */
  readonly deadline?: number | undefined
}

/** The time of one call, down to the last byte of its answer: what ends each of its waits. */
export interface Scope {
  /** The caller's signal, or one that the deadline aborts as well; `undefined` when nothing can end the call. */
  readonly signal: AbortSignal | undefined
  /** @throws ExportsError `aborted` or `deadline`, at once. */
  pause(ms: number): Promise<void>
  /** What ended a wait, as an `ExportsError`; any other error stays as it is. */
  explain(error: unknown): unknown
  /** The call has ended: no timer and no listener stays. */
  close(): void
}

/** Opens the scope of a call. Without a deadline it costs nothing. */
export function openScope({ clock, signal: given, deadline = Infinity }: ScopeOptions): Scope {
  let signal = given
  let timer: Timer | undefined
  let onAbort: (() => void) | undefined
  if (deadline < Infinity) {
    const controller = new AbortController()
    ;({ signal } = controller)
    onAbort = () => controller.abort(given?.reason)
    given?.addEventListener('abort', onAbort, { once: true })
    timer = clock.setTimer(() => controller.abort(), Math.max(0, deadline - clock.now()))
    if (given?.aborted) onAbort()
  }
  const scope: Scope = {
    signal,
    async pause(ms) {
      let wake: Timer | undefined
      const over = new Promise<void>((resolve) => {
        wake = clock.setTimer(resolve, ms)
      })
      try {
        await (signal ? abortable(over, signal) : over)
      } catch (error) {
        throw scope.explain(error)
      } finally {
        wake?.cancel()
      }
    },
    explain(error) {
      if (!signal?.aborted || error !== signal.reason) return error
      return given?.aborted ? aborted(given.reason) : pastDeadline()
    },
    close() {
      timer?.cancel()
      if (onAbort) given?.removeEventListener('abort', onAbort)
    },
  }
  return scope
}
