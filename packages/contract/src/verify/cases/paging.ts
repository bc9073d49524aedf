import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { askList } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Corpus } from '../corpus.ts'
import { envelopeOf, statusAndBody } from '../exchange.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'

/** Page sizes that leave a rest on the last page of most accounts. */
const SMALL_SIZES = [7, 9, 4, 8, 6, 5, 3, 2]

/** Pages from all over the list, each with other members. */
export function selectedPages({
  total,
  defaultPageSize,
}: Corpus): Readonly<Record<'byNumber' | 'middle' | 'last', Ask>> {
  const small = SMALL_SIZES.find((size) => size < total && total % size > 0) ?? 1
  const last = Math.max(1, Math.ceil(total / small))
  const middle = Math.max(1, Math.ceil(last / 2))
  return {
    // A number alone; the second page, where there is one.
    byNumber: askList({ fields: SELECTABLE_FIELDS, page: [defaultPageSize === undefined ? 1 : 2] }),
    middle: askList({ fields: ['failure_reason', 'creator_id', 'id'], view: 'default', page: [middle, small] }),
    last: askList({ fields: ['id', 'description', 'company_id'], view: 'full', page: [last, small] }),
  }
}

/** Pages by number alone, small pages, the last one, and one past it. */
export function pagingCases({ corpus }: World): Case[] {
  const { total, pageSize } = corpus
  const pieces = Array.from({ length: Math.min(12, Math.ceil(total / pageSize)) }, (_, index) => index + 1)
  const { byNumber, middle, last } = selectedPages(corpus)
  const [lastNumber = 1, small = 1] = last.query?.page ?? []
  return [
    listCase('total-counts-matches', askList({})),
    // Read already: what was read is judged like everything else.
    ...pieces.map((number) => listCase('pages-partition', askList({ view: 'full', page: [number, pageSize] }))),
    listCase('pages-partition', byNumber),
    // Two digits, where pages of so many have not been read anyway.
    ...(pageSize < 10 && total > 10 ? [listCase('page-size', askList({ fields: ['id'], page: [1, 12] }))] : []),
    listCase('page-size', last),
    listCase('page-size', middle),
    listCase('page-size', askList({ page: [1, 1] })),
    {
      law: 'page-past-end',
      asks: [askList({ fields: ['id'], page: [lastNumber + 1, small] })],
      judge: ([answer], known) => {
        // Empty, the last page again, 400 or 404: the documentation does not say. A failure it is not.
        if (answer === undefined || [200, 400, 404].includes(answer.status)) {
          const total = answer && envelopeOf(answer)?.total
          return total === undefined || answer?.status !== 200 || total === known.total || total === 0
            ? []
            : [
                {
                  law: 'total-counts-matches',
                  came: `total ${total} on a page past the end, where other pages say ${known.total}`,
                  evidence: 'comparison',
                },
              ]
        }
        const came = statusAndBody(answer)
        return [{ law: 'page-past-end', came, evidence: 'answer' }]
      },
    },
  ]
}
