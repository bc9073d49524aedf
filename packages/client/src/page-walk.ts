/** What a page of a list has brought. */
export interface PageFacts {
  /** Items on it. */
  readonly items: number
  /** Items that no page before had. */
  readonly fresh: number
  /** Items in all, as the API says. */
  readonly total: number
}

export interface PageWalkOptions {
  /** Where to begin. */
  readonly page: number
  /** Whether this page was read before, in part: it may hold nothing new. */
  readonly isResumed: boolean
  /** Items of a full page; `undefined`: as many as the first one brings. */
  readonly pageSize: number | undefined
  readonly maxPages: number
}

/** Pages in a row that are empty, or hold nothing new while the list grows: then it is not growth any more. */
const MOST_BARREN_PAGES = 3
/** Steps back in a row that find nothing: `total` means no deletions then. */
const MOST_FUTILE_STEPS = 3
/** Times that a list is read: once, and again for what is missing. */
const MOST_PASSES = 3

/**
 * Which page comes next, in a list that may change while it is read: no page is left out that may hold something new,
 * and there is an end whatever the server answers.
 *
 * - What is deleted pulls later items forward, past a page that was read already: when `total` shrinks, the pages that
 *   can have got some are read again.
 * - A `total` may be too small: pages go on while they are full. An empty page before the end is passed over.
 * - Items that sort alike may come in another order at each request, and some of them on no page: when fewer different
 *   items came than the smallest `total` said, all pages are read again.
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
  /** Whether pages are asked for with a size; one that the API refuses is left out. */
  #isSized: boolean
  readonly #isWhole: boolean
  #furthest: number
  #least = Infinity
  #seen = 0
  #freshInPass = 0
  #barren = 0
  #hasGrown = false
  #futileSteps = 0
  #seenAtStep = 0

  constructor({ page, isResumed, pageSize, maxPages }: PageWalkOptions) {
    this.page = page
    this.pageSize = pageSize
    this.#maxPages = maxPages
    this.#isSized = pageSize !== undefined
    this.#isWhole = page === 1 && !isResumed
    this.#furthest = isResumed ? page : page - 1
  }

  /** Items that `total` counts and no page had, once the list has been read whole. */
  get missing(): number {
    const isWhole = this.isOver && this.#isWhole && this.pagesRead < this.#maxPages
    return isWhole ? Math.max(0, this.#least - this.#seen) : 0
  }

  /** Takes in what the current page has brought, and moves on to the next one. */
  advance(facts: PageFacts): void {
    this.pagesRead += 1
    this.#isSized &&= this.pageSize !== undefined
    this.pageSize ??= facts.items
    this.#seen += facts.fresh
    this.#freshInPass += facts.fresh
    if (this.total !== undefined && facts.total > this.total) this.#hasGrown = true
    this.#least = Math.min(this.#least, facts.total)
    const back = this.pass === 1 ? this.#pagesBack(facts) : 0
    const isEnd = back === 0 && (this.pass === 1 ? this.#isEnd(facts) : this.#isEndAgain())
    this.total = facts.total
    this.#furthest = Math.max(this.#furthest, this.page)
    this.isBack = back > 0
    if (this.pagesRead >= this.#maxPages) this.isOver = true
    else if (!isEnd) this.page += back > 0 ? -back : 1
    else this.#end()
  }

  #pagesBack({ total }: PageFacts): number {
    const before = this.total ?? total
    if (total >= before || !this.pageSize || this.#futileSteps >= MOST_FUTILE_STEPS) return 0
    this.#futileSteps = this.#seen > this.#seenAtStep ? 0 : this.#futileSteps + 1
    this.#seenAtStep = this.#seen
    return Math.min(this.page - 1, Math.ceil((before - total) / this.pageSize))
  }

  #isEnd({ items, fresh, total }: PageFacts): boolean {
    const size = this.pageSize ?? items
    const isReached = (this.page - 1) * size + items >= total
    const isReadAgain = this.page <= this.#furthest
    this.#barren = fresh > 0 || isReadAgain ? 0 : this.#barren + 1
    if (items === 0) return isReached || this.#barren >= MOST_BARREN_PAGES
    // A server that repeats its last page for ever; but what was added may have pushed known items here.
    const mostBarren = Math.max(MOST_BARREN_PAGES, Math.ceil(this.#seen / size) + 1)
    if (fresh === 0 && !isReadAgain && (!this.#hasGrown || this.#barren >= mostBarren)) return true
    // How large a page is that no size was asked for: the first one alone does not say.
    const isFull = items >= size && (this.#isSized || this.page > 1 || items > total)
    return isReached && !isFull
  }

  #isEndAgain(): boolean {
    return this.page >= this.#furthest || this.#seen >= this.#least
  }

  #end(): void {
    this.isOver = true
    const isFruitless = this.pass > 1 && this.#freshInPass === 0
    if (this.missing === 0 || this.pass >= MOST_PASSES || isFruitless) return
    this.isOver = false
    this.pass += 1
    this.page = 1
    this.#freshInPass = 0
  }
}
