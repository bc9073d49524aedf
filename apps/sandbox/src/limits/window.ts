import type { RateLimitWindow } from '@hood-exports/provider'

/** Where the windows of an account begin; not documented, so it can be chosen. */
export type WindowStart =
  /** At multiples of the window's length since the epoch, plus `phaseMs`. */
  | { readonly kind: 'clock'; readonly phaseMs: number }
  /** With the first request after the window before has ended. */
  | { readonly kind: 'first-request' }

/** How far a window has been used. */
export interface WindowCount {
  readonly startedMs: number
  readonly used: number
}

/** The count that is valid at `nowMs`: the last one, or nothing used when its window has ended. */
export function currentCount(
  window: RateLimitWindow,
  start: WindowStart,
  last: WindowCount | undefined,
  nowMs: number,
): WindowCount {
  const { windowMs } = window
  if (start.kind === 'clock') {
    const startedMs = Math.floor((nowMs - start.phaseMs) / windowMs) * windowMs + start.phaseMs
    return last?.startedMs === startedMs ? last : { startedMs, used: 0 }
  }
  const isOver = last === undefined || nowMs >= last.startedMs + windowMs || nowMs < last.startedMs
  return isOver ? { startedMs: nowMs, used: 0 } : last
}
