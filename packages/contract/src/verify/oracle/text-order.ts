/** `before`, `same` and `after` are what every sensible order says; `disputed` is where they differ. */
export type Order = 'before' | 'same' | 'after' | 'disputed'

/** Texts may be ordered by code, without case, or as a dictionary would: the vendor does not say. */
const SENSIBLE: readonly ((one: string, other: string) => number)[] = [
  byCode,
  byCodePoint,
  (one, other) => byCode(one.toLowerCase(), other.toLowerCase()),
  (one, other) => byCode(one.toUpperCase(), other.toUpperCase()),
  new Intl.Collator('en').compare,
  new Intl.Collator('en', { sensitivity: 'base' }).compare,
  new Intl.Collator('en', { ignorePunctuation: true }).compare,
  new Intl.Collator('en', { numeric: true }).compare,
  // Languages that have letters of their own after z, or take two letters for one.
  new Intl.Collator('sv').compare,
  new Intl.Collator('hr').compare,
  (one, other) => byCode(one.trim(), other.trim()),
  (one, other) => byCode(lettersOf(one), lettersOf(other)),
]

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function byCode(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

/** Compares two values of one member. It knows the values beforehand, because it compares each many times. */
export function textOrder(values: Iterable<unknown>): (one: unknown, other: unknown) => Order {
  const texts = [...new Set([...values].filter((value) => typeof value === 'string'))]
  const ranks = new Map(texts.map((text) => [text, [] as number[]]))
  for (const compare of SENSIBLE) {
    let rank = 0
    const sorted = texts.toSorted(compare)
    for (const [index, text] of sorted.entries()) {
      if (index > 0 && compare(sorted[index - 1] ?? '', text) !== 0) rank += 1
      ranks.get(text)?.push(rank)
    }
  }
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
