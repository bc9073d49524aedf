import type { Case, World } from './cases/case.ts'
import { filteringCases } from './cases/filtering.ts'
import { missingIdCases } from './cases/missing-ids.ts'
import { mistakeCases } from './cases/mistakes.ts'
import { pagingCases } from './cases/paging.ts'
import { searchingCases } from './cases/searching.ts'
import { selectingCases } from './cases/selecting.ts'
import { sortingCases } from './cases/sorting.ts'
import { tenancyCases } from './cases/tenancy.ts'
import { unauthorizedCases } from './cases/unauthorized.ts'
import { viewingCases } from './cases/viewing.ts'
import { LAWS } from './laws.ts'
import type { LawName } from './law.ts'

/**
 * Every case but the downloads, the most telling ones first, each kind in turn: whatever the budget, each kind gets its
 * part of it.
 */
export function planCases(world: World, mainToken: string): Case[] {
  return inTurn([
    sortingCases(world),
    searchingCases(world),
    filteringCases(world),
    mistakeCases(world),
    pagingCases(world),
    tenancyCases(world),
    unauthorizedCases(world, mainToken),
    viewingCases(world),
    selectingCases(world),
    missingIdCases(world),
  ])
}

/** Merges lists so that each is used up at the same rate. */
function inTurn<Value>(lists: readonly (readonly Value[])[]): Value[] {
  return lists
    .flatMap((list) => list.map((value, index) => ({ value, share: (index + 0.5) / list.length })))
    .toSorted((one, other) => one.share - other.share)
    .map(({ value }) => value)
}

/** Whether a case has a part in what is to be looked at: each family is looked at as a whole. */
export function isSelected({ law }: Case, selected: ReadonlySet<LawName>): boolean {
  const { family } = LAWS[law]
  return [...selected].some((name) => LAWS[name].family === family)
}
