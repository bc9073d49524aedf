import { askList } from '../ask.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'
import { selectedPages } from './paging.ts'

/** `fields` and `view` of lists. Sorting, searching and filtering select most members one by one on their way. */
export function selectingCases({ corpus }: World): Case[] {
  const selected = Object.values(selectedPages(corpus)).map((ask) => listCase('fields-exact', ask))
  return [
    ...selected,
    listCase('view-complete', askList({ view: 'default', page: [1, Math.min(20, corpus.pageSize)] })),
  ]
}
