import { askList } from '../ask.ts'
import { envelopeOf, statusAndBody } from '../exchange.ts'
import { listCase } from './case.ts'
import type { Case, World } from './case.ts'

/** Pages by number alone, small pages, the last one, and one past it. */
export function pagingCases({ corpus, random }: World): Case[] {
  const { total, pageSize, defaultPageSize } = corpus
  const pieces = Array.from({ length: Math.min(12, Math.ceil(total / pageSize)) }, (_, index) => index + 1)
  // One that leaves a rest on the last page, where there is one.
  const sizes = random.shuffle([2, 3, 4, 5, 6, 7, 8, 9])
  const small = sizes.find((size) => size < total && total % size > 0) ?? 1
  const lastSmall = Math.max(1, Math.ceil(total / small))
  const middle = Math.max(1, Math.ceil(lastSmall / 2))
  return [
    listCase('total-counts-matches', askList({})),
    // Read already: what was read is judged like everything else.
    ...pieces.map((number) => listCase('pages-partition', askList({ view: 'full', page: [number, pageSize] }))),
    // A number alone; the second page, where there is one.
    listCase('pages-partition', askList({ fields: ['id'], page: [defaultPageSize === undefined ? 1 : 2] })),
    // Two digits, where pages of so many have not been read anyway.
    ...(pageSize < 10 && total > 10 ? [listCase('page-size', askList({ fields: ['id'], page: [1, 12] }))] : []),
    listCase('page-size', askList({ fields: ['id'], page: [lastSmall, small] })),
    listCase('page-size', askList({ fields: ['id'], page: [middle, small] })),
    listCase('page-size', askList({ page: [1, 1] })),
    {
      law: 'page-past-end',
      asks: [askList({ fields: ['id'], page: [lastSmall + 1, small] })],
      judge: ([answer], known) => {
        // Empty, the last page again, 400 or 404: nobody says. A failure it is not.
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
