/** Chance that a seed repeats: mulberry32. */
export interface SeededRandom {
  /** In [0, 1). */
  next(): number
  /** A whole number from 0 up to and without `bound`. */
  below(bound: number): number
  pick<Value>(values: readonly [Value, ...Value[]]): Value
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return { next, below, pick: (values) => values[below(values.length)] ?? values[0] }
}
