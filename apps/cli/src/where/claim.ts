import type { Filter, FilterMember } from '@hood-exports/client'
import type { Bounds, Claim, Value } from './compare.ts'
import type { Condition } from './condition.ts'

/** A filter, and the conditions that are in it. */
export interface Asked {
  readonly filter: Filter
  readonly conditions: readonly Condition[]
}

/** The kinds that say most come first. */
const STRENGTH = ['one-of', 'between', 'none-of', 'present'] as const

/**
 * The filter that the API is asked for: a superset of what meets the conditions. A member takes one filter, so bounds
 * become a range, and what else stands beside a stronger condition is left to the check here.
 * @returns undefined when nothing can be asked for.
 */
export function filterOf(conditions: readonly Condition[]): Asked | undefined {
  const filter: Record<string, unknown> = {}
  const asked: Condition[] = []
  for (const [member, all] of Map.groupBy(conditions, ({ field }) => field)) {
    const kind = STRENGTH.find((each) => all.some(({ claim }) => claim?.kind === each))
    const chosen = all.filter(({ claim }) => claim?.kind === kind && kind !== undefined)
    // The values of two conditions have no common filter: the first one's is a superset all the same.
    if (kind === 'one-of' || kind === 'present') chosen.splice(1)
    if (chosen.length === 0) continue
    filter[member satisfies FilterMember] = together(chosen.flatMap(({ claim }) => claim ?? []))
    asked.push(...chosen)
  }
  return asked.length === 0 ? undefined : { filter, conditions: asked }
}

/** Claims of one kind, as the client's filter of a member. */
function together(claims: readonly Claim[]): unknown {
  const [first] = claims
  switch (first?.kind) {
    case 'one-of':
      return oneOrMany(first.values)
    case 'none-of':
      return { not: oneOrMany([...new Set(claims.flatMap((claim) => (claim.kind === 'none-of' ? claim.values : [])))]) }
    case 'present':
      return { not: null }
    case 'between':
      return claims.reduce<Bounds>((all, claim) => (claim.kind === 'between' ? narrow(all, claim.bounds) : all), {})
    default:
      return first
  }
}

function oneOrMany(values: readonly Value[]): Value | readonly Value[] {
  const [only] = values
  return values.length === 1 && only !== undefined ? only : values
}

/** The bounds that hold in both. */
function narrow(a: Bounds, b: Bounds): Bounds {
  const lower = tighter([lowerOf(a), lowerOf(b)], (x, y) => x > y)
  const upper = tighter([upperOf(a), upperOf(b)], (x, y) => x < y)
  const isImpossible = lower !== undefined && upper !== undefined && isEmpty(lower, upper)
  return {
    ...(lower && (lower.isOpen ? { gt: lower.value } : { gte: lower.value })),
    // A range whose end comes before its start is none.
    ...(upper && !isImpossible && (upper.isOpen ? { lt: upper.value } : { lte: upper.value })),
  }
}

interface Bound {
  readonly value: Value
  /** Without the value itself. */
  readonly isOpen: boolean
}

function isEmpty(lower: Bound, upper: Bound): boolean {
  return lower.value === upper.value ? lower.isOpen || upper.isOpen : lower.value > upper.value
}

function lowerOf({ gt, gte }: Bounds): Bound | undefined {
  return boundOf(gt, gte)
}

function upperOf({ lt, lte }: Bounds): Bound | undefined {
  return boundOf(lt, lte)
}

function boundOf(open: Value | undefined, closed: Value | undefined): Bound | undefined {
  if (open !== undefined) return { value: open, isOpen: true }
  return closed === undefined ? undefined : { value: closed, isOpen: false }
}

function tighter(
  [a, b]: readonly [Bound | undefined, Bound | undefined],
  isBeyond: (a: Value, b: Value) => boolean,
): Bound | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.value === b.value) return a.isOpen ? a : b
  return isBeyond(a.value, b.value) ? a : b
}

/** The latest creation time that meets the conditions; undefined where none of them is a bound on it. */
export function latestCreation(conditions: readonly Condition[]): string | undefined {
  const latest = conditions.flatMap(({ field, claim }) => {
    if (field !== 'create_time' || claim === undefined) return []
    if (claim.kind === 'one-of') return claim.values.map(String).toSorted().slice(-1)
    return claim.kind === 'between' ? [claim.bounds.lt ?? claim.bounds.lte ?? []].flat().map(String) : []
  })
  return latest.toSorted()[0]
}
