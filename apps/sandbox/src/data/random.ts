/** A stream of numbers that depends on nothing but its seeds. */
export interface Random {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number
  /** True in `percent` of 100 draws. */
  chance(percent: number): boolean
}

/** Mulberry32 over mixed seeds; cheap enough to start one per item, so that items do not depend on each other. */
export function randomFrom(...seeds: readonly number[]): Random {
  let state = 0x9e3779b9
  for (const seed of seeds) state = mix(state ^ (seed | 0))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mix(state) >>> 0
  }
  return {
    below: (bound) => Math.floor((next() / 0x1_0000_0000) * bound),
    chance: (percent) => next() < percent * 42_949_672.96,
  }
}

function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}
