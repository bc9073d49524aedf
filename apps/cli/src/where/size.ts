/** Powers of 1,000 after a size; `KiB` and the like are powers of 1,024. */
const SIZE = /^(\d+(?:\.\d+)?) *(?:([kmgt])(i)?)?b?$/i
const EXPONENTS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 }

/** Bytes in a size such as `500`, `10MB` or `1.5GiB`; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit, binary] = SIZE.exec(text) ?? []
  if (amount === undefined) return undefined
  const factor = (binary === undefined ? 1_000 : 1_024) ** (unit ? (EXPONENTS[unit.toLowerCase()] ?? 0) : 0)
  // 1.1 kB is 1,100 bytes, and not a fraction more.
  return Number((Number(amount) * factor).toPrecision(15))
}
