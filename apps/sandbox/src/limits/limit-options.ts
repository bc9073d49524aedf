import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'
import type { Window } from './window.ts'

/** The limits of an account. */
export interface Limits {
  readonly windows: readonly Window[]
  /** How many requests of an account may be under way at once. Default: any number; the vendor's value is not known. */
  readonly parallel?: number
}

export type LimitOption = 'on' | 'off' | Limits

/** The vendor's two windows. */
export const VENDOR_LIMITS: Limits = {
  windows: RATE_LIMIT_WINDOWS.map(({ limit, windowMs }) => ({ limit, windowMs })),
}

/** @throws RangeError for windows that cannot be kept. */
export function checkLimits({ windows, parallel }: Limits): void {
  if (windows.length === 0) throw new RangeError('limits: no window is given; give at least one, or "off"')
  for (const { limit, windowMs } of windows) {
    if (!isCount(limit)) throw new RangeError(`limits: ${limit} requests in a window; give a whole number from 1`)
    if (!isCount(windowMs)) throw new RangeError(`limits: a window of ${windowMs} ms; give whole milliseconds from 1`)
  }
  if (new Set(windows.map(({ windowMs }) => windowMs)).size < windows.length) {
    throw new RangeError('limits: two windows have the same length; keep the smaller one')
  }
  if (parallel !== undefined && !isCount(parallel)) {
    throw new RangeError(`limits: ${parallel} requests in parallel; give a whole number from 1, or leave it out`)
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1
}

const WINDOW_TEXT = /^(\d+)\/(\d+)(ms|s|m)$/
const PARALLEL_TEXT = /^parallel=(\d+)$/
const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }

/**
 * Reads `on`, `off`, or windows and a parallel limit such as `10/1s,150/60s,parallel=4`.
 *
 * @throws RangeError that names the part that cannot be read.
 */
export function parseLimits(text: string): LimitOption {
  if (text === 'on' || text === 'off') return text
  const windows: Window[] = []
  let parallel: number | undefined
  for (const part of text.split(',')) {
    const [, limit, length, unit] = WINDOW_TEXT.exec(part) ?? []
    const [, inParallel] = PARALLEL_TEXT.exec(part) ?? []
    if (limit !== undefined)
      windows.push({ limit: Number(limit), windowMs: Number(length) * (MS_PER_UNIT[unit ?? ''] ?? 0) })
    else if (inParallel !== undefined) parallel = Number(inParallel)
    else
      throw new RangeError(
        `limits: "${part}" is not understood; give on, off, or windows such as 10/1s,150/60s,parallel=4`,
      )
  }
  const limits: Limits = {
    windows: windows.length === 0 ? VENDOR_LIMITS.windows : windows,
    ...(parallel === undefined ? {} : { parallel }),
  }
  checkLimits(limits)
  return limits
}
