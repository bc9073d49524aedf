/** Chance that can be repeated. */
export interface Random {
  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number
  pick<Value>(values: readonly Value[]): Value | undefined
  shuffle<Value>(values: readonly Value[]): Value[]
}

/** mulberry32. The same seed gives the same numbers. */
export function randomFrom(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (values) => values[below(values.length)],
    shuffle: (values) => {
      const shuffled = [...values]
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        const value = shuffled[last] as (typeof values)[number]
        shuffled[last] = shuffled[other] as (typeof values)[number]
        shuffled[other] = value
      }
      return shuffled
    },
  }
}
