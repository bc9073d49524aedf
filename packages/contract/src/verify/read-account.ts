import { isSameReading, snapshotOf } from './account-snapshot.ts'
import type { AccountSnapshot } from './account-snapshot.ts'
import type { TokenOwner } from './credential.ts'
import { envelopeOf } from './exchange.ts'
import type { Answer, Envelope, Item } from './exchange.ts'
import type { Session } from './session.ts'
import { listRequest } from './test-request.ts'
import type { TestRequest } from './test-request.ts'
import { contradiction, count, judgeAccepted } from './violation.ts'
import type { Violation } from './violation.ts'

export interface Reading {
  /** Undefined when the list could not be read at all. */
  readonly snapshot: AccountSnapshot | undefined
  readonly violations: readonly Violation[]
}

/** Whole accounts are read in at most this many pages. */
const MAX_PAGES = 12
const LARGEST_PAGE = 250
const PAGE_SIZES = [LARGEST_PAGE, 100, 50, 20, 10]

/** Reads the account's items, to the end if they are not too many. */
export async function readAccount(session: Session, from: 'remembered' | 'fresh'): Promise<Reading> {
  const violations: Violation[] = []
  const read = async (request: TestRequest): Promise<Envelope | undefined> =>
    acceptedPage(await session.send(request, from), violations)
  const byDefault = await read(listRequest({}))
  if (byDefault === undefined) return { snapshot: undefined, violations }
  const { total } = byDefault
  const defaultPageSize = byDefault.items.length < total ? byDefault.items.length : undefined
  // Four pages or more, so that there are seams to look at.
  const wanted = Math.min(LARGEST_PAGE, Math.max(1, Math.ceil(total / 4)))
  const sizes = [...new Set([wanted, ...PAGE_SIZES.filter((size) => size < wanted)])]
  for (const [index, size] of sizes.entries()) {
    const request = pageRequest(1, size)
    const answer = await session.send(request, from)
    // How many items a page may have is not documented, so a large one may be refused, or cut.
    if (answer !== undefined && answer.status !== 200 && index < sizes.length - 1) continue
    const first = acceptedPage(answer, violations)
    if (first === undefined) break
    const isCut = first.items.length < size && first.total >= size
    const pageSize = isCut ? Math.max(1, first.items.length) : size
    const items = await readRest(read, pageSize, first, violations)
    const cut = isCut ? { largestPage: pageSize } : {}
    return { snapshot: snapshotOf({ total, items, pageSize, defaultPageSize, ...cut }), violations }
  }
  return { snapshot: undefined, violations }
}

function pageRequest(number: number, size: number): TestRequest {
  return listRequest({ view: 'full', page: [number, size] })
}

async function readRest(
  read: (request: TestRequest) => Promise<Envelope | undefined>,
  size: number,
  first: Envelope,
  violations: Violation[],
): Promise<Item[]> {
  const items = [...first.items]
  const pages = Math.min(MAX_PAGES, Math.ceil(first.total / size))
  for (let number = 2; number <= pages; number += 1) {
    const request = pageRequest(number, size)
    const page = await read(request)
    if (page === undefined) return items
    const expected = Math.min(size, first.total - items.length)
    if (page.items.length !== expected) {
      const actual = `${count(page.items.length, 'item')}, where ${expected} ${expected === 1 ? 'is' : 'are'} left`
      violations.push(contradiction('pages-partition', request, actual))
    }
    const known = new Set(items.map(({ id }) => id))
    const repeated = page.items.find(({ id }) => id !== undefined && known.has(id))
    if (repeated !== undefined) {
      const actual = `item ${JSON.stringify(repeated['id'])}, which an earlier page has too`
      violations.push(contradiction('pages-partition', request, actual))
    }
    if (page.total !== first.total) {
      const actual = `total ${page.total}, where page 1 says ${first.total}`
      violations.push(contradiction('total-counts-matches', request, actual))
    }
    items.push(...page.items)
  }
  return items
}

function acceptedPage(answer: Answer | undefined, violations: Violation[]): Envelope | undefined {
  if (answer === undefined) return undefined
  const refused = judgeAccepted(answer)
  violations.push(...refused)
  return refused.length > 0 ? undefined : envelopeOf(answer)
}

const READINGS = 3

/**
 * Reads the account again where a reading contradicts itself, because its data may just have changed. A contradiction
 * stands when the data did not change between two readings, or when it came in every one of them.
 */
export async function readSettledAccount(session: Session, first: Reading): Promise<Reading> {
  let reading = first
  for (let readings = 1; readings < READINGS && reading.violations.some(isComparison); readings += 1) {
    const next = await readAccount(session, 'fresh')
    const { snapshot } = reading
    if (snapshot !== undefined && next.snapshot !== undefined && isSameReading(snapshot, next.snapshot)) return next
    // What comes every time is no accident, as long as the number of items stays the same.
    const isSteady = snapshot?.total === next.snapshot?.total
    const before = new Set(reading.violations.map(({ law }) => law))
    const repeated = next.violations.filter((one) => !isComparison(one) || (isSteady && before.has(one.law)))
    reading = { snapshot: next.snapshot, violations: repeated }
  }
  return reading
}

function isComparison({ evidence }: Violation): boolean {
  return evidence === 'comparison'
}

/** The first items of another account, to ask for them with the wrong token. */
export interface OtherAccount {
  readonly owner: TokenOwner
  readonly items: readonly Item[]
}

/** The same request as the main account's before, so that an answer that was kept for the wrong account shows. */
export function otherAccountRequest(owner: TokenOwner, pageSize: number): TestRequest {
  return listRequest({ view: 'full', page: [1, pageSize] }, { kind: 'token', of: owner })
}

export async function readOtherAccount(
  session: Session,
  owner: TokenOwner,
  pageSize: number,
): Promise<OtherAccount & Pick<Reading, 'violations'>> {
  const violations: Violation[] = []
  const request = otherAccountRequest(owner, pageSize)
  const page = acceptedPage(await session.send(request, 'remembered'), violations)
  return { owner, items: page?.items ?? [], violations }
}
