import { isExportsError } from '@hood-exports/client'
import type { Filter } from '@hood-exports/client'

/**
 * Asks with a filter for as long as the API takes it. Where it refuses the filter (400) and takes the same question
 * without it, that answer counts, and no later question has one. So what comes must be checked here in any case.
 */
export type FilterGate = <Answer>(
  filter: Filter | undefined,
  ask: (filter: Filter | undefined) => Promise<Answer>,
) => Promise<Answer>

/** @param onRefused called once, with the filter that is refused. */
export function createFilterGate(onRefused: (filter: Filter) => Promise<void>): FilterGate {
  let isRefused = false
  return async (filter, ask) => {
    if (filter === undefined || isRefused) return ask(undefined)
    try {
      return await ask(filter)
    } catch (error) {
      if (!isExportsError(error, 'bad-request')) throw error
    }
    const answer = await ask(undefined)
    isRefused = true
    await onRefused(filter)
    return answer
  }
}

/** What is reported when a filter is refused. */
export function refusedFilter(filter: Filter): string {
  return `The API refuses to filter by ${Object.keys(filter).join(', ')} (400): the list is read without that, and checked here.`
}
