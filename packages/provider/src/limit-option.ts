import { RATE_LIMIT_WINDOWS } from '@hood-exports/openapi'

/** A fixed window: at most `limit` requests between two refreshes. */
export interface RateLimitWindow {
  readonly limit: number
  readonly windowMs: number
}

export interface Limits {
  readonly windows: readonly RateLimitWindow[]
  /** How many requests of an account may be under way at once. Default: any number; the vendor's value is not known. */
  readonly parallel?: number
}

/** `on`: the vendor's two windows. `off`: nothing is refused. */
export type LimitOption = 'on' | 'off' | Limits

/** The vendor's two windows. */
export const VENDOR_LIMITS: Limits = { windows: RATE_LIMIT_WINDOWS.map(({ limit, windowMs }) => ({ limit, windowMs })) }

const WINDOW = /^(\d+)\/(\d+)(ms|s|m)$/
const PARALLEL = /^parallel=(\d+)$/
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 }
const HELP = 'give on, off, or windows such as 10/1s,150/60s,parallel=4'

/**
 * Reads `on`, `off`, or windows and a parallel limit such as `10/1s,150/60s,parallel=4`. A parallel limit alone leaves
 * the vendor's windows.
 *
 * @throws RangeError that names the part that cannot be read.
 */
export function parseLimits(text: string): LimitOption {
  if (text === 'on' || text === 'off') return text
  const parts = text.split(',').map(parsePart)
  const windows = parts.flatMap((part) => ('windowMs' in part ? [part] : []))
  const parallel = parts.flatMap((part) => ('parallel' in part ? [part.parallel] : [])).at(-1)
  const limits: Limits = {
    windows: windows.length === 0 ? VENDOR_LIMITS.windows : windows,
    ...(parallel === undefined ? {} : { parallel }),
  }
  checkLimits(limits)
  return limits
}

function parsePart(text: string): RateLimitWindow | { readonly parallel: number } {
  const [, limit, length, unit = ''] = WINDOW.exec(text) ?? []
  if (limit !== undefined) return { limit: Number(limit), windowMs: Number(length) * (UNIT_MS[unit] ?? 0) }
  const [, parallel] = PARALLEL.exec(text) ?? []
  if (parallel !== undefined) return { parallel: Number(parallel) }
  throw new RangeError(`limits: "${text}" is not understood; ${HELP}`)
}

/** @throws RangeError for limits that cannot be kept. */
export function checkLimits({ windows, parallel }: Limits): void {
  if (windows.length === 0) throw new RangeError(`limits: no window is given; ${HELP}`)
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
