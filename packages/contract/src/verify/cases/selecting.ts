import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { askList } from '../ask.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'

/** `fields` and `view` of lists. Sorting and searching select most members one by one on their way. */
export function selectingCases({ corpus }: World): Case[] {
  const size = Math.min(20, corpus.pageSize)
  return [
    listCase('fields-exact', askList({ fields: SELECTABLE_FIELDS, page: [1, size] })),
    listCase('fields-exact', askList({ fields: ['description', 'company_id'], view: 'full', page: [1, size] })),
    listCase(
      'fields-exact',
      askList({ fields: ['failure_reason', 'creator_id', 'id'], view: 'default', page: [1, size] }),
    ),
    listCase('view-complete', askList({ view: 'default', page: [1, size] })),
  ]
}
