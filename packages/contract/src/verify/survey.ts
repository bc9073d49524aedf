import { askList } from './ask.ts'
import type { Ask } from './ask.ts'
import { corpusOf, isSameReading } from './corpus.ts'
import type { Corpus } from './corpus.ts'
import type { Holder } from './credential.ts'
import type { Desk } from './desk.ts'
import { count } from './count.ts'
import { envelopeOf } from './exchange.ts'
import type { Answer, Envelope, Item } from './exchange.ts'
import type { Finding } from './findings.ts'
import { judgeAccepted } from './oracle/judge-list.ts'

export interface Reading {
  /** Undefined when the list could not be read at all. */
  readonly corpus: Corpus | undefined
  readonly findings: readonly Finding[]
}

/** Whole accounts are read in at most this many pages. */
const MAX_PAGES = 12
const PAGE_SIZES = [250, 100, 50, 20, 10]

/** Reads the account's items, to the end if they are not too many. */
export async function readCorpus(desk: Desk, from: 'remembered' | 'fresh'): Promise<Reading> {
  const findings: Finding[] = []
  const first = await readPage(desk, askList({}), from, findings)
  if (first === undefined) return { corpus: undefined, findings }
  const { total } = first
  const defaultPageSize = first.items.length < total ? first.items.length : undefined
  // Four pages or more, so that there are seams to look at.
  const wanted = Math.max(1, Math.ceil(total / 4))
  const sizes = [...new Set([Math.min(wanted, 250), ...PAGE_SIZES])].filter((size) => size <= Math.min(wanted, 250))
  for (const [index, asked] of sizes.entries()) {
    const isLastResort = index === sizes.length - 1
    const ask = askList({ view: 'full', page: [1, asked] })
    const answer = await desk.ask(ask, from)
    if (answer === undefined) return { corpus: undefined, findings }
    // How many items a page may have is not documented, so a large one may be refused, or cut.
    if (answer.status !== 200 && !isLastResort) continue
    const page = acceptedPage(answer, findings)
    if (page === undefined) return { corpus: undefined, findings }
    const size = page.items.length < asked && page.total >= asked ? Math.max(1, page.items.length) : asked
    const pages = await readRest(desk, { from, size, first: page, findings })
    return { corpus: corpusOf({ total, items: pages, pageSize: size, defaultPageSize }), findings }
  }
  return { corpus: undefined, findings }
}

interface RestOptions {
  readonly from: 'remembered' | 'fresh'
  readonly size: number
  readonly first: Envelope
  readonly findings: Finding[]
}

async function readRest(desk: Desk, { from, size, first, findings }: RestOptions): Promise<Item[]> {
  const items = [...first.items]
  const pages = Math.ceil(first.total / size)
  for (let number = 2; number <= Math.min(pages, MAX_PAGES); number += 1) {
    const ask = askList({ view: 'full', page: [number, size] })
    const page = await readPage(desk, ask, from, findings)
    if (page === undefined) return items
    const complain = (came: string): void => {
      findings.push({ ask, complaint: { law: 'pages-partition', came, evidence: 'comparison' } })
    }
    const expected = Math.min(size, first.total - items.length)
    if (page.items.length !== expected) {
      complain(`${count(page.items.length, 'item')}, where ${expected} ${expected === 1 ? 'is' : 'are'} left`)
    }
    const known = new Set(items.map(({ id }) => id))
    const repeated = page.items.find(({ id }) => id !== undefined && known.has(id))
    if (repeated !== undefined) complain(`item ${JSON.stringify(repeated['id'])}, which an earlier page has too`)
    if (page.total !== first.total) {
      const came = `total ${page.total}, where page 1 says ${first.total}`
      findings.push({ ask, complaint: { law: 'total-counts-matches', came, evidence: 'comparison' } })
    }
    items.push(...page.items)
  }
  return items
}

async function readPage(
  desk: Desk,
  ask: Ask,
  from: 'remembered' | 'fresh',
  findings: Finding[],
): Promise<Envelope | undefined> {
  const answer = await desk.ask(ask, from)
  return answer && acceptedPage(answer, findings)
}

function acceptedPage(answer: Answer, findings: Finding[]): Envelope | undefined {
  const refused = judgeAccepted(answer)
  findings.push(...refused.map((complaint) => ({ ask: answer.ask, complaint })))
  return refused.length > 0 ? undefined : envelopeOf(answer)
}

const READINGS = 3

/**
 * Reads the account again where a reading contradicts itself, because its data may just have changed. A contradiction
 * stands when the data did not change between two readings, or when it came in every one of them.
 */
export async function readSettledCorpus(desk: Desk, first: Reading): Promise<Reading> {
  let reading = first
  for (let count = 1; count < READINGS && reading.findings.some(isComparison); count += 1) {
    const next = await readCorpus(desk, 'fresh')
    const { corpus } = reading
    if (corpus !== undefined && next.corpus !== undefined && isSameReading(corpus, next.corpus)) return next
    // What comes every time is no accident, as long as the number of items stays the same.
    const isSteady = corpus?.total === next.corpus?.total
    const repeated = next.findings.filter(
      (finding) =>
        !isComparison(finding) ||
        (isSteady && reading.findings.some(({ complaint }) => complaint.law === finding.complaint.law)),
    )
    reading = { corpus: next.corpus, findings: repeated }
  }
  return reading
}

function isComparison({ complaint }: Finding): boolean {
  return complaint.evidence === 'comparison'
}

/** The first items of another account, to ask for them with the wrong token, and one page of them with its own. */
export interface Neighbour {
  readonly holder: Holder
  readonly total: number
  readonly items: readonly Item[]
}

/** Asks what the main account was asked before, so that an answer that was kept for the wrong account shows. */
export function askNeighbour(holder: Holder, pageSize: number): Ask {
  return askList({ view: 'full', page: [1, pageSize] }, { kind: 'token', of: holder })
}

export async function readNeighbour(desk: Desk, holder: Holder, pageSize: number): Promise<Neighbour & Reading> {
  const findings: Finding[] = []
  const page = await readPage(desk, askNeighbour(holder, pageSize), 'remembered', findings)
  return { holder, total: page?.total ?? 0, items: page?.items ?? [], corpus: undefined, findings }
}
