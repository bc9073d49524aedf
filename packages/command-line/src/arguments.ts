import { InvalidArgumentError } from 'commander'

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Milliseconds in a duration such as `500ms`, `30s`, `10m`, `2h` or `1d`.
 * @throws InvalidArgumentError that gives the form.
 */
export function duration(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? []
  const ms = Number(amount) * (UNITS_MS[unit] ?? Number.NaN)
  if (ms > 0 && Number.isFinite(ms)) return ms
  throw new InvalidArgumentError('Give a number with a unit: 500ms, 30s, 10m, 2h or 1d.')
}

/**
 * Parses a whole number from `from`, and to `to` where that is given.
 * @throws InvalidArgumentError that gives the bounds.
 */
export function wholeNumber(from: number, to: number = Infinity): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`Give a whole number from ${from}${to < Infinity ? ` to ${to}` : ''}.`)
  }
}

/** Names separated by commas, without the spaces around them. */
export function names(text: string): string[] {
  return text.split(',').map((name) => name.trim())
}

/** Collects an option that is given several times. */
export function several(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
