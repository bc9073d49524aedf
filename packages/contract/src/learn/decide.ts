import type { Answer, Evidence } from '@hood-exports/openapi/profile'

/** A value that an answer may have, and whether all that came fits it. */
export interface Candidate<Value> {
  readonly value: Value
  readonly fits: boolean
}

/** Observed is what is left when all other values of the question are excluded. */
export function decide<Value>(candidates: readonly Candidate<Value>[], evidence: readonly Evidence[]): Answer<Value> {
  const [first, ...others] = candidates.filter(({ fits }) => fits)
  if (first === undefined) return contradicted('no value fits all that came', evidence)
  if (others.length === 0) return observed(first.value, evidence)
  const left = [first, ...others].map(({ value }) => JSON.stringify(value)).join(' and ')
  return notSeen(`${left} fit what came`, evidence)
}

export function observed<Value>(value: Value, evidence: readonly Evidence[]): Answer<Value> {
  return { confidence: 'observed', value, evidence }
}

export function contradicted(why: string, evidence: readonly Evidence[]): Answer<never> {
  return { confidence: 'contradicted', why, evidence }
}

export function notSeen(why: string, evidence: readonly Evidence[] = []): Answer<never> {
  return { confidence: 'not-seen', why, evidence }
}

/** The answer to a question with several keys: those that were observed. One contradiction spoils no other key. */
export function collect<Key extends string, Value>(
  parts: readonly (readonly [Key, Answer<Value>])[],
): Answer<Readonly<Partial<Record<Key, Value>>>> {
  const seen = parts.flatMap(([key, part]) => (part.confidence === 'observed' ? [{ key, ...part }] : []))
  const evidence = distinct((seen.length > 0 ? seen : parts.map(([, part]) => part)).flatMap((part) => part.evidence))
  if (seen.length > 0) {
    return observed(
      Object.fromEntries(seen.map(({ key, value }) => [key, value])) as Partial<Record<Key, Value>>,
      evidence,
    )
  }
  const reasons = parts
    .flatMap(([key, part]) => (part.confidence === 'observed' ? [] : [`${key}: ${part.why}`]))
    .slice(0, 4)
  if (parts.some(([, part]) => part.confidence === 'contradicted')) {
    return contradicted(reasons.join('; '), evidence)
  }
  return notSeen(reasons.length > 0 ? reasons.join('; ') : 'the account has nothing that shows it', evidence)
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(evidence.map((one) => [`${one.request} ${one.seen}`, one])).values()]
}
