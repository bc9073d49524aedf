/** `before`, `same` and `after` are what every sensible order says; `disputed` is where they differ. */
export type Order = 'before' | 'same' | 'after' | 'disputed'

/** A way to order texts: by a key that is made of each, and a comparison of the keys. */
interface Ordering {
  readonly keyOf?: (text: string) => string
  readonly compare: (one: string, other: string) => number
}

/** Texts may be ordered by code, without case, or as a dictionary would: the vendor does not say. */
const SENSIBLE: readonly Ordering[] = [
  { compare: byCode },
  { compare: byCodePoint },
  { keyOf: (text) => text.toLowerCase(), compare: byCode },
  { keyOf: (text) => text.toUpperCase(), compare: byCode },
  { keyOf: (text) => text.trim(), compare: byCode },
  { keyOf: (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''), compare: byCode },
  { compare: new Intl.Collator('en').compare },
  { compare: new Intl.Collator('en', { sensitivity: 'base' }).compare },
  { compare: new Intl.Collator('en', { ignorePunctuation: true }).compare },
  { compare: new Intl.Collator('en', { numeric: true }).compare },
  // Languages that have letters of their own after z, or take two letters for one.
  { compare: new Intl.Collator('sv').compare },
  { compare: new Intl.Collator('hr').compare },
]

function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** The place of each text in each of the sensible orders. */
export type Ranks = ReadonlyMap<string, readonly number[]>

export function rankTexts(values: Iterable<unknown>): Ranks {
  const texts = [...new Set([...values].filter((value) => typeof value === 'string'))]
  const ranks = new Map(texts.map((text) => [text, [] as number[]]))
  for (const { keyOf = (text: string) => text, compare } of SENSIBLE) {
    let rank = 0
    const sorted = texts
      .map((text) => ({ text, key: keyOf(text) }))
      .toSorted((one, other) => compare(one.key, other.key))
    for (const [index, { text, key }] of sorted.entries()) {
      if (index > 0 && compare(sorted[index - 1]?.key ?? '', key) !== 0) rank += 1
      ranks.get(text)?.push(rank)
    }
  }
  return ranks
}

/** Compares two values of one member. */
export function textOrder(ranks: Ranks): (one: unknown, other: unknown) => Order {
  return (one, other) => {
    if (one === other) return 'same'
    if (isMissing(one) || isMissing(other)) return isMissing(one) && isMissing(other) ? 'same' : 'disputed'
    if (typeof one === 'number' && typeof other === 'number') return one < other ? 'before' : 'after'
    const [left, right] = [ranks.get(String(one)), ranks.get(String(other))]
    if (left === undefined || right === undefined) return 'disputed'
    if (left.every((rank, index) => rank < (right[index] ?? 0))) return 'before'
    return left.every((rank, index) => rank > (right[index] ?? 0)) ? 'after' : 'disputed'
  }
}

/** An absent member is a null one. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined
}
