/** The candidate that was probably meant: the one with the fewest typing mistakes, if they are few. */
export function nearest<Name extends string>(given: string, candidates: readonly Name[]): Name | undefined {
  const allowed = Math.max(1, Math.floor(given.length / 3))
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: mistakes(given.toLowerCase(), candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)
  return best?.candidate
}

/** Levenshtein's distance: letters to change, add or leave out. */
function mistakes(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (const [j, other] of Array.from(b).entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + Number(letter !== other)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
