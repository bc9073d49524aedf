import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import { count } from '../count.ts'
import type { ListCase } from './judge-list.ts'
import { selection } from './selection.ts'

/** Small enough for every provider to grant. */
const SMALL_PAGE = 10

/** How many items come, how many are said to match, and which they are when nothing sorts them. */
export function judgePage({ query, envelope, corpus }: ListCase): Complaint[] {
  return [
    ...judgeTotal({ query, envelope, corpus }),
    ...judgeSize({ query, envelope, corpus }),
    ...judgeSequence({ query, envelope, corpus }),
  ]
}

function judgeTotal({ query, envelope, corpus }: ListCase): Complaint[] {
  const { total, items } = envelope
  if (total < items.length) {
    const came = `total ${total} with ${count(items.length, 'item')}`
    return [{ law: 'total-counts-matches', came, evidence: 'answer' }]
  }
  if (isSelective(query) || total === corpus.total) return []
  const came = `total ${total}, while other answers say ${corpus.total}`
  return [{ law: 'total-counts-matches', came, evidence: 'comparison' }]
}

/** Whether only some of the account's items are asked for. */
function isSelective({ q, filters = [] }: ListCase['query']): boolean {
  return q !== undefined || filters.length > 0
}

/** The items of a page, when `query` does not say: known only where more than one page was filled. */
export function sizeOfPage(query: ListCase['query'], corpus: Corpus): number | undefined {
  return query.page?.[1] ?? corpus.defaultPageSize
}

/** Whether a page may lie behind the last one, as far as is known. */
export function mayBePastEnd(query: ListCase['query'], corpus: Corpus): boolean {
  const { page: [number] = [1] } = query
  if (number === 1) return false
  const size = sizeOfPage(query, corpus)
  if (size === undefined) return true
  const least = isSelective(query) ? selection(corpus.items, query).must.length : corpus.total
  return (number - 1) * size >= least
}

function judgeSize({ query, envelope, corpus }: ListCase): Complaint[] {
  const { total, items } = envelope
  const number = query.page?.[0] ?? 1
  const asked = query.page?.[1]
  if (asked !== undefined && items.length > asked) {
    const came = `${count(items.length, 'item')} in a page of ${asked}`
    return [{ law: 'page-size', came, evidence: 'answer' }]
  }
  const size = sizeOfPage(query, corpus)
  if (size === undefined) return []
  const left = total - (number - 1) * size
  // What a page past the end has is not documented.
  if (left <= 0) return []
  // How large a page may be is not documented; but as large as others were it can be.
  const isGranted = size <= Math.max(SMALL_PAGE, corpus.pageSize, corpus.defaultPageSize ?? 0)
  // Without a size of its own, a search or a filtered list may have another one.
  if (asked === undefined && isSelective(query)) return []
  const expected = Math.min(isGranted ? size : SMALL_PAGE, left)
  // Too large a page may be cut, or be as if no size had been asked for.
  const isGivenUp = !isGranted && (items.length > expected || items.length === corpus.defaultPageSize)
  if (items.length === expected || isGivenUp) return []
  const came = `${count(items.length, 'item')} in page ${number} of ${count(total, 'item')}, where ${expected} ${expected === 1 ? 'belongs' : 'belong'}`
  return [{ law: 'page-size', came, evidence: asked === undefined ? 'comparison' : 'answer' }]
}

function judgeSequence({ query, envelope: { items }, corpus }: ListCase): Complaint[] {
  const size = sizeOfPage(query, corpus)
  const number = query.page?.[0] ?? 1
  if (query.sort !== undefined || isSelective(query) || corpus.extent === 'part') return []
  if (size === undefined && number > 1) return []
  const start = (number - 1) * (size ?? 0)
  const wrong = items.findIndex(({ id }, index) => id !== undefined && id !== corpus.items[start + index]?.['id'])
  if (wrong === -1) return []
  const came = `item ${JSON.stringify(items[wrong]?.['id'])} at place ${start + wrong}, where other pages have ${JSON.stringify(corpus.items[start + wrong]?.['id'])}`
  return start >= corpus.total ? [] : [{ law: 'pages-partition', came, evidence: 'comparison' }]
}
