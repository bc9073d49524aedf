import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../account-snapshot.ts'
import { listCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer } from '../exchange.ts'
import type { Family } from '../law.ts'
import type { ListAnswer } from '../list-answer.ts'
import { isSelective } from '../list-query.ts'
import type { ListQuery } from '../list-query.ts'
import { selection } from '../oracle/selection.ts'
import { listRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { contradiction, count, judgeAccepted, statusAndBody, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'

type Law = 'pages-partition' | 'page-size' | 'page-past-end'

export const page: Family<Law, 'page'> = {
  name: 'page',
  laws: {
    'pages-partition': {
      expected: 'pages are pieces of one sequence, whatever their size: nothing twice, nothing left out',
      pointer: '/components/parameters/Page',
      source: 'V',
    },
    'page-size': {
      expected: 'a page has as many items as asked, and the last one has the rest',
      pointer: '/components/parameters/Page',
      source: 'V',
      isSeenIn: ({ request }) => request.query?.page?.[1] !== undefined,
    },
    'page-past-end': {
      expected: 'a page past the last one is answered without a failure',
      pointer: '/components/parameters/Page',
      source: '?',
      gravity: 'minor',
    },
  },
  cases: pageCases,
  onList: (list) => [...judgeSize(list), ...judgeSequence(list)],
}

/** Page sizes that leave a rest on the last page of most accounts. */
const SMALL_SIZES = [7, 9, 4, 8, 6, 5, 3, 2]

/** Pages from all over the list, each with other members. */
export function selectedPages({
  total,
  defaultPageSize,
}: AccountSnapshot): Readonly<Record<'byNumber' | 'middle' | 'last', TestRequest>> {
  const small = SMALL_SIZES.find((size) => size < total && total % size > 0) ?? 1
  const last = Math.max(1, Math.ceil(total / small))
  const middle = Math.max(1, Math.ceil(last / 2))
  return {
    // A number alone; the second page, where there is one.
    byNumber: listRequest({ fields: SELECTABLE_FIELDS, page: [defaultPageSize === undefined ? 1 : 2] }),
    middle: listRequest({ fields: ['failure_reason', 'creator_id', 'id'], view: 'default', page: [middle, small] }),
    last: listRequest({ fields: ['id', 'description', 'company_id'], view: 'full', page: [last, small] }),
  }
}

/** Pages by number alone, small pages, the last one, and one past it. */
function pageCases({ snapshot }: World): Case[] {
  const { total, pageSize } = snapshot
  const pieces = Array.from({ length: Math.min(12, Math.ceil(total / pageSize)) }, (_, index) => index + 1)
  const { byNumber, middle, last } = selectedPages(snapshot)
  const [lastNumber = 1, small = 1] = last.query?.page ?? []
  return [
    listCase('total-counts-matches', listRequest({})),
    // Read already: what was read is judged like everything else.
    ...pieces.map((number) => listCase('pages-partition', listRequest({ view: 'full', page: [number, pageSize] }))),
    listCase('pages-partition', byNumber),
    // Two digits, where pages of so many have not been read anyway.
    ...(pageSize < 10 && total > 10 ? [listCase('page-size', listRequest({ fields: ['id'], page: [1, 12] }))] : []),
    ...cutCases(snapshot),
    listCase('page-size', last),
    listCase('page-size', middle),
    listCase('page-size', listRequest({ page: [1, 1] })),
    {
      law: 'page-past-end',
      requests: [listRequest({ fields: ['id'], page: [lastNumber + 1, small] })],
      check: ([answer], context) => (answer ? judgePastEnd(answer, context.snapshot) : []),
    },
  ]
}

/** More items than a page has been asked for so far: no provider need grant so many. */
const LARGE = 1_000

/** Pages that are too large may be cut, and follow each other all the same. */
function cutCases({ total, pageSize, largestPage }: AccountSnapshot): Case[] {
  const size = largestPage === undefined ? Math.min(LARGE, Math.ceil(0.6 * total)) : 3 * largestPage
  const [first, second] = [1, 2].map((number) => listRequest({ fields: ['id'], page: [number, size] }))
  if (size <= pageSize || first === undefined || second === undefined) return []
  return [
    {
      law: 'pages-partition',
      requests: [first, second],
      check: ([one, other], { snapshot }) => {
        const [{ items = [] } = {}, { items: next = [] } = {}] = [one, other].map(
          (answer) => answer && envelopeOf(answer),
        )
        const [id, expected] = [next[0]?.['id'], snapshot.items[items.length]?.['id']]
        if (items.length === 0 || id === undefined || expected === undefined || id === expected) return []
        const actual = `item ${JSON.stringify(id)} after a page of ${items.length}, where item ${JSON.stringify(expected)} follows`
        return [{ ...contradiction('pages-partition', second, actual), comparedWith: first }]
      },
    },
  ]
}

/** Empty, the last page again, 400 or 404: the documentation does not say. A failure it is not. */
function judgePastEnd(answer: Answer, snapshot: AccountSnapshot): Violation[] {
  const { request, status } = answer
  if (![200, 400, 404].includes(status)) return [violation('page-past-end', request, statusAndBody(answer))]
  const total = status === 200 ? envelopeOf(answer)?.total : undefined
  if (total === undefined || total === snapshot.total || total === 0) return []
  const actual = `total ${total} on a page past the end, where other pages say ${snapshot.total}`
  return [contradiction('total-counts-matches', request, actual)]
}

/** Small pages beside a larger one of no multiple of their size: all are pieces of one sequence. */
export function seamCase(pages: readonly TestRequest[], whole: TestRequest, size: number): Case {
  return {
    law: 'pages-partition',
    requests: [...pages, whole],
    check: (answers) => {
      const refused = answers.flatMap(judgeAccepted)
      return refused.length > 0 ? refused : judgeSeams(answers, size)
    },
  }
}

function judgeSeams(answers: readonly Answer[], size: number): Violation[] {
  const whole = answers.at(-1)
  const idsOf = (answer: Answer | undefined): unknown[] =>
    ((answer && envelopeOf(answer)?.items) ?? []).map(({ id }) => id)
  const expected = idsOf(whole)
  for (const answer of answers.slice(0, -1)) {
    const [number = 1] = answer.request.query?.page ?? []
    for (const [index, id] of idsOf(answer).entries()) {
      const place = (number - 1) * size + index
      if (place >= expected.length || id === expected[place]) continue
      const actual = `item ${JSON.stringify(id)} at place ${place} of pages of ${size}, and ${JSON.stringify(expected[place])} there in a larger page`
      return [
        { ...contradiction('pages-partition', answer.request, actual), ...(whole && { comparedWith: whole.request }) },
      ]
    }
  }
  return []
}

/** Small enough for every provider to grant. */
const SMALL_PAGE = 10

/** The items of a page, when `query` does not say: known only where more than one page was filled. */
export function sizeOfPage(query: ListQuery, snapshot: AccountSnapshot): number | undefined {
  return query.page?.[1] ?? snapshot.defaultPageSize
}

/** Whether a page may lie behind the last one, as far as is known. */
export function mayBePastEnd(query: ListQuery, snapshot: AccountSnapshot): boolean {
  const { page: [number] = [1] } = query
  if (number === 1) return false
  const size = sizeOfPage(query, snapshot)
  if (size === undefined) return true
  const least = isSelective(query) ? selection(snapshot.items, query).must.length : snapshot.total
  return (number - 1) * size >= least
}

function judgeSize({ request, query, envelope: { total, items }, snapshot }: ListAnswer): Violation<Law>[] {
  const [number = 1, wanted] = query.page ?? []
  if (wanted !== undefined && items.length > wanted) {
    return [violation('page-size', request, `${count(items.length, 'item')} in a page of ${wanted}`)]
  }
  const size = sizeOfPage(query, snapshot)
  if (size === undefined) return []
  const left = total - (number - 1) * size
  // What a page past the end has is not documented.
  if (left <= 0) return []
  // How large a page may be is not documented; but as large as others were it can be.
  const { largestPage, pageSize, defaultPageSize = 0 } = snapshot
  const isGranted = size <= (largestPage ?? Math.max(SMALL_PAGE, pageSize, defaultPageSize))
  // Without a size of its own, a search or a filtered list may have another one.
  if (wanted === undefined && isSelective(query)) return []
  const expected = Math.min(isGranted ? size : (largestPage ?? SMALL_PAGE), left)
  // Too large a page may be cut, or be as if no size had been asked for.
  const isGivenUp = !isGranted && (items.length > expected || items.length === defaultPageSize)
  if (items.length === expected || isGivenUp) return []
  const actual = `${count(items.length, 'item')} in page ${number} of ${count(total, 'item')}, where ${expected} ${expected === 1 ? 'belongs' : 'belong'}`
  return [(wanted === undefined ? contradiction : violation)('page-size', request, actual)]
}

/** Which items a page has when nothing sorts them. */
function judgeSequence({ request, query, envelope: { items }, snapshot }: ListAnswer): Violation<Law>[] {
  const size = sizeOfPage(query, snapshot)
  const number = query.page?.[0] ?? 1
  if (query.sort !== undefined || isSelective(query) || snapshot.extent === 'part') return []
  if (size === undefined && number > 1) return []
  const start = (number - 1) * (size ?? 0)
  const wrong = items.findIndex(({ id }, index) => id !== undefined && id !== snapshot.items[start + index]?.['id'])
  if (wrong === -1 || start >= snapshot.total) return []
  const actual = `item ${JSON.stringify(items[wrong]?.['id'])} at place ${start + wrong}, where other pages have ${JSON.stringify(snapshot.items[start + wrong]?.['id'])}`
  return [contradiction('pages-partition', request, actual)]
}
