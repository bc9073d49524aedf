import fc from 'fast-check'
import type { Case } from './case.ts'
import type { CaseRunner } from './case-runner.ts'
import { filteredCase } from './laws/filter/filter-case.ts'
import { lawOfFilters } from './laws/filter/filter.ts'
import type { ListQuery } from './list-query.ts'
import { randomQuery } from './random-query.ts'
import type { Random } from './random.ts'
import type { Violation } from './violation.ts'

export interface ExploreOptions {
  readonly runner: CaseRunner
  readonly random: Random
  readonly seed: number
  /** Requests that may still be sent. */
  readonly left: () => number
  /** Whether a law counts: others are not followed up. */
  readonly isSelected: (one: Pick<Case, 'law'>) => boolean
}

/** Requests that making a failing query smaller may cost. */
const MAX_SHRINKS = 24

/** Sends random well-formed queries while requests are left, and makes the first one that fails as small as it can. */
export async function explore(options: ExploreOptions): Promise<readonly Violation[]> {
  const { runner, random, seed, left, isSelected } = options
  const failing = new Map<string, readonly Violation[]>()
  const stops: unknown[] = []
  let shrinks = 0
  const holds = async (query: ListQuery): Promise<boolean> => {
    if (left() <= 0 || shrinks > MAX_SHRINKS || stops.length > 0) return true
    if (failing.size > 0) shrinks += 1
    const found = await runner.examine(filteredCase(lawOf(query), query)).catch((error: unknown) => {
      // What ends the run is no counterexample.
      stops.push(error)
      return []
    })
    const broken = found.filter(isSelected)
    if (broken.length > 0) failing.set(JSON.stringify(query), broken)
    return broken.length === 0
  }
  const numRuns = Math.max(0, left())
  if (numRuns === 0) return []
  const details = await fc.check(fc.asyncProperty(randomQuery(runner.snapshot, random), holds), { seed, numRuns })
  if (stops.length > 0) throw stops[0]
  const [smallest] = details.counterexample ?? []
  return failing.get(JSON.stringify(smallest)) ?? []
}

function lawOf({ q, filters, sort, fields }: ListQuery): string {
  if (filters !== undefined) return q === undefined ? lawOfFilters(filters) : 'filters-combine'
  if (q !== undefined) return 'search-finds'
  if (sort !== undefined) return 'sort-order'
  return fields === undefined ? 'pages-partition' : 'fields-exact'
}
