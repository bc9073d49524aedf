import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { askList } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Corpus } from '../corpus.ts'
import { judgeAccepted } from '../oracle/judge-list.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'
import { judgeSeams } from './seams.ts'

/** Keys that many items share, followed by another, which then decides: one list tells of several keys. */
const SHARED: readonly (readonly string[])[] = [
  ['-resource', 'size'],
  ['-status', '-name'],
  ['-attempt_count', 'resource', '-name'],
  ['-extension', 'create_time'],
  ['-mime_type', '-size'],
]

/**
 * A second key also tells of a member that no item shows: were it null everywhere, the second key would decide alone.
 */
const FOLLOWED: readonly (readonly string[])[] = [
  ['create_time', '-name'],
  ['size', 'name'],
  ['update_time', '-name'],
  ['expire_time', 'name'],
  ['download_count', '-name'],
]

/** Ascending, each by itself. */
const ASCENDING = SORTABLE_FIELDS.filter((field) => !FOLLOWED.some(([first]) => first === field))

const DESCENDING: readonly (readonly string[])[] = [
  ['-name'],
  ['-size'],
  ['-create_time'],
  ['-update_time'],
  ['-expire_time'],
  ['-download_count'],
]

const SORTED_PAGE = 100

/** The most telling ones first. */
export function sortAsks(corpus: Corpus): Ask[] {
  return [...severalKeys(corpus), ...singleKeys(corpus)]
}

function severalKeys(corpus: Corpus): Ask[] {
  return [...SHARED, ...FOLLOWED].map((sort) => inFull(sort, corpus))
}

function singleKeys(corpus: Corpus): Ask[] {
  const page = pageOf(corpus)
  return [
    ...ASCENDING.map((field) => askList({ fields: [field], sort: [field], page })),
    ...DESCENDING.map((sort) => inFull(sort, corpus)),
  ]
}

function inFull(sort: readonly string[], corpus: Corpus): Ask {
  return askList({ view: 'full', sort, page: pageOf(corpus) })
}

function pageOf({ pageSize }: Corpus): readonly [number, number] {
  return [1, Math.min(SORTED_PAGE, pageSize)]
}

/** Sorted lists, and pages of a sorted list in which many items are equal. */
export function sortingCases({ corpus }: World): Case[] {
  return [...seams(corpus), ...severalKeys(corpus).map((ask) => listCase('sort-order', ask))]
}

/** Single keys: filtered lists are sorted by nearly all of them, too. */
export function moreSortingCases({ corpus }: World): Case[] {
  return singleKeys(corpus).map((ask) => listCase('sort-order', ask))
}

/** Pages of one order, small ones beside a large one of no multiple of their size: equal items keep their places. */
function seams({ total, pageSize }: Corpus): Case[] {
  if (total < 2) return []
  const size = Math.max(1, Math.min(Math.ceil(total / 3), Math.floor(pageSize / 3) || 1))
  const sort = ['status']
  const asks = [
    ...[1, 2, 3]
      .filter((number) => (number - 1) * size < total)
      .map((number) => askList({ fields: ['status', 'id'], sort, page: [number, size] })),
    askList({ fields: ['status', 'id'], sort, page: [1, Math.max(1, Math.min(3 * size - 1, pageSize))] }),
  ]
  return [
    {
      law: 'pages-partition',
      asks,
      judge: (answers) => {
        const refused = answers.flatMap((answer, ask) =>
          judgeAccepted(answer).map((complaint) => ({ ...complaint, ask })),
        )
        if (refused.length > 0) return refused
        return judgeSeams(answers, size)
      },
    },
    ...asks.map((ask) => listCase('pages-partition', ask)),
  ]
}
