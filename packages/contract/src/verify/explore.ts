import fc from 'fast-check'
import { filteredCase } from './cases/filter-case.ts'
import type { Examiner } from './examiner.ts'
import { lawOfFilters } from './filter.ts'
import type { Finding } from './findings.ts'
import type { LawName } from './law.ts'
import type { ListQuery } from './list-query.ts'
import { randomQuery } from './random-query.ts'
import type { Random } from './random.ts'

export interface ExploreOptions {
  readonly examiner: Examiner
  readonly random: Random
  readonly seed: number
  /** Requests that may still be sent. */
  readonly left: () => number
  /** What counts: other laws are not followed up. */
  readonly selected: ReadonlySet<LawName>
}

/** Requests that making a failing query smaller may cost. */
const MAX_SHRINKS = 24

/** Asks random well-formed queries while requests are left, and makes the first one that fails as small as it can. */
export async function explore({ examiner, random, seed, left, selected }: ExploreOptions): Promise<Finding[]> {
  const failing = new Map<string, readonly Finding[]>()
  const stops: unknown[] = []
  let shrinks = 0
  const holds = async (query: ListQuery): Promise<boolean> => {
    if (left() <= 0 || shrinks > MAX_SHRINKS || stops.length > 0) return true
    if (failing.size > 0) shrinks += 1
    const found = await examiner.examine(filteredCase(lawOf(query), query)).catch((error: unknown) => {
      // What ends the run is no counterexample.
      stops.push(error)
      return []
    })
    const told = (found ?? []).filter(({ complaint }) => selected.has(complaint.law))
    if (told.length > 0) failing.set(JSON.stringify(query), told)
    return told.length === 0
  }
  const numRuns = Math.max(0, left())
  if (numRuns === 0) return []
  const details = await fc.check(fc.asyncProperty(randomQuery(examiner.corpus, random), holds), { seed, numRuns })
  if (stops.length > 0) throw stops[0]
  const [smallest] = details.counterexample ?? []
  return [...(failing.get(JSON.stringify(smallest)) ?? [])]
}

function lawOf({ q, filters, sort, fields }: ListQuery): LawName {
  if (filters !== undefined) return q === undefined ? lawOfFilters(filters) : 'filters-combine'
  if (q !== undefined) return 'search-finds'
  if (sort !== undefined) return 'sort-order'
  return fields === undefined ? 'pages-partition' : 'fields-exact'
}
