/** What a page of a list has brought. */
export interface PageFacts {
  readonly ids: readonly string[]
  /** Items that no page before had, in any pass. */
  readonly fresh: number
  /** Items in all, as the API says. */
  readonly total: number
}

export interface PageWalkOptions {
  /** Where to begin. */
  readonly page: number
  /** What was given out before, of this page and of the one before; then this page may hold nothing new. */
  readonly recentIds: readonly string[]
  /** Items of a full page; `undefined`: as many as the first one brings. */
  readonly pageSize: number | undefined
  readonly maxPages: number
}

/** Pages in a row that are empty, or that nothing explains: then there is no more, or a server repeats itself. */
const MOST_BARREN_PAGES = 3
/** Pages in a row that growth explains: faster than this, a list grows away from its reader. */
const MOST_PUSHED_PAGES = 20
/** Steps back that find nothing, while `total` goes up and down: it means no deletions then. */
const MOST_FUTILE_STEPS = 3
/** Times that a list is read: once, and again while it is not clear that everything came. */
const MOST_PASSES = 3

/**
 * Which page comes next, in a list that may change while it is read: no page is left out that may hold something new,
 * and there is an end whatever the server answers.
 *
 * - What is deleted pulls later items forward, past a page that was read already: when `total` shrinks, the pages that
 *   can have got some are read again.
 * - What is added pushes known items down, by as many as `total` grows: pages of those are no sign of the end.
 * - A `total` may be too small: pages go on while they are full. An empty page before the end is passed over.
 * - Items that sort alike may come in another order at each request, and some of them on no page. When fewer different
 *   items came than the smallest `total` said, or items came twice for no reason, all pages are read again.
 */
export class PageWalk {
  page: number
  pageSize: number | undefined
  /** How many times the list is read by now. */
  pass = 1
  isOver = false
  /** Whether the page before the next is read again soon, as the walk has gone back. */
  isBack = false
  total: number | undefined
  pagesRead = 0
  readonly #maxPages: number
  readonly #isWhole: boolean
  /** Whether pages are asked for with a size; one that the API refuses is left out. */
  #isSized: boolean
  #least = Infinity
  /** Whether `total` has always been the same. */
  #isSteady = true
  #seen = 0
  /** Those among them that came before this pass. */
  #seenBefore = 0
  #current: Pass

  constructor({ page, recentIds, pageSize, maxPages }: PageWalkOptions) {
    const isResumed = recentIds.length > 0
    this.page = page
    this.pageSize = pageSize
    this.#maxPages = maxPages
    this.#isSized = pageSize !== undefined
    this.#isWhole = page === 1 && !isResumed
    this.#current = newPass(recentIds, isResumed ? page : page - 1)
  }

  /** Items that are not accounted for, at least, once the list has been read whole. */
  get missing(): number {
    if (!this.isOver || !this.#isWhole || this.pagesRead >= this.#maxPages) return 0
    return Math.max(this.#least - this.#seen, this.#isSure() ? 0 : 1)
  }

  /** Takes in what the current page has brought, and moves on to the next one. */
  advance({ ids, fresh, total }: PageFacts): void {
    const current = this.#current
    const before = this.total ?? total
    const known = current.ids.size
    for (const id of ids) current.ids.add(id)
    this.pagesRead += 1
    this.#isSized &&= this.pageSize !== undefined
    this.pageSize ??= ids.length
    this.#seen += fresh
    this.#least = Math.min(this.#least, total)
    this.total = total
    if (total > before) current.hasGrown = true
    current.pushed += Math.max(0, total - before)
    current.most = Math.max(current.most, total)
    current.isSteady &&= total === before
    this.#isSteady &&= total === before
    const back = this.#pagesBack(before - total)
    const isEnd = this.#isEnd(ids.length, current.ids.size - known)
    current.furthest = Math.max(current.furthest, this.page)
    this.isBack = back > 0
    if (this.pagesRead >= this.#maxPages) this.isOver = true
    else if (back > 0) this.page -= back
    else if (isEnd) this.#end()
    else this.page += 1
  }

  /** How far back to go when so many items are gone. */
  #pagesBack(gone: number): number {
    const current = this.#current
    if (gone <= 0 || !this.pageSize) return 0
    if (current.futileSteps >= MOST_FUTILE_STEPS) current.isDoubtful = true
    if (current.isDoubtful) return 0
    const isFutile = current.hasGrown && current.ids.size === current.knownAtStep
    current.futileSteps = isFutile ? current.futileSteps + 1 : 0
    current.knownAtStep = current.ids.size
    return Math.min(this.page - 1, Math.ceil(gone / this.pageSize))
  }

  #isEnd(items: number, fresh: number): boolean {
    const current = this.#current
    const total = this.total ?? 0
    const size = this.pageSize ?? items
    const isReached = (this.page - 1) * size + items >= total
    if (this.page > current.furthest) {
      const repeated = items - fresh
      const unexplained = Math.max(0, repeated - current.pushed)
      current.pushed = Math.max(0, current.pushed - repeated)
      current.unexplained += unexplained
      current.stale = fresh > 0 ? 0 : current.stale + 1
      current.barren = fresh > 0 || (items > 0 && unexplained === 0) ? 0 : current.barren + 1
      if (current.stale >= MOST_PUSHED_PAGES) return (current.isDoubtful = true)
      // A server that repeats its last page for ever; in a list that grows, deletions may hide by how much.
      if (items > 0 && current.barren >= (current.hasGrown ? MOST_BARREN_PAGES : 1)) return true
    }
    if (items === 0) return isReached || current.barren >= MOST_BARREN_PAGES
    // How large a page is that no size was asked for: the first one alone does not say.
    const isFull = items >= size && (this.#isSized || this.page > 1 || items > total)
    return isReached && !isFull
  }

  /** Whether everything came in this pass that was there all the time. */
  #isSure(): boolean {
    const { ids, most, isSteady, unexplained, isDoubtful } = this.#current
    const isAll = ids.size >= most
    if (unexplained === 0) return isAll || !isDoubtful
    return (isAll && isSteady) || (this.#isSteady && this.#seen >= this.#least)
  }

  #end(): void {
    this.isOver = true
    const isFruitless = this.pass > 1 && this.#seen === this.#seenBefore
    if (this.missing === 0 || this.pass >= MOST_PASSES || isFruitless) return
    this.isOver = false
    this.pass += 1
    this.page = 1
    this.#seenBefore = this.#seen
    this.#current = newPass([], 0)
  }
}

/** One reading of the list, from its first page to its last. */
interface Pass {
  readonly ids: Set<string>
  /** The last page that was read. */
  furthest: number
  /** The largest `total`. */
  most: number
  /** Whether `total` has always been the same. */
  isSteady: boolean
  hasGrown: boolean
  /** Items by which growth may have pushed down what is known, beyond those that came again. */
  pushed: number
  /** Items that came again, and not because the list grew. */
  unexplained: number
  /** Whether deletions are not followed any more. */
  isDoubtful: boolean
  /** Pages in a row without anything new. */
  stale: number
  /** Those of them that are empty or that growth does not explain. */
  barren: number
  futileSteps: number
  /** Items that were known at the last step back. */
  knownAtStep: number
}

function newPass(ids: readonly string[], furthest: number): Pass {
  return {
    ids: new Set(ids),
    furthest,
    most: 0,
    isSteady: true,
    hasGrown: false,
    pushed: 0,
    unexplained: 0,
    isDoubtful: false,
    stale: 0,
    barren: 0,
    futileSteps: 0,
    knownAtStep: -1,
  }
}
