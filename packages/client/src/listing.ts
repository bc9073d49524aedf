import { readCursor, writeCursor } from './cursor.ts'
import type { Position } from './cursor.ts'
import { ExportsError, isExportsError } from './errors.ts'
import type { ExportsEvent } from './events.ts'
import { atOnce } from './check.ts'
import type { CallOptions } from './options.ts'
import type { Page } from './page.ts'
import type { PageReader, SizedPage } from './page-reader.ts'
import { PageWalk } from './page-walk.ts'

/** What a listing costs, known after its first page. */
export interface ListingPlan {
  /** Items that match. */
  readonly total: number
  /** Pages in all. */
  readonly pages: number
  /** Requests still to send. */
  readonly requests: number
  /** Milliseconds from now until the last of them may leave within the quota; the server's own time comes on top. */
  readonly estimatedMs: number
}

interface WalkOptions<Item> {
  /**
   * Give out only these items: for what no `filter` can say. Runs here, over every page of the list; a `filter` is
   * asked of the API, and costs only the pages that it finds.
   */
  readonly where?: ((item: Item) => boolean) | undefined
  /** Stop after this many items, and read no further page. Default: none. */
  readonly limit?: number | undefined
  /** Read at most this many pages. Default 100,000. */
  readonly maxPages?: number | undefined
  /** `spare`: read one page ahead while no other call waits and budget is left. Default `never`. */
  readonly prefetch?: 'never' | 'spare' | undefined
  /**
   * What to do when fewer different items came than `total` says, also after all pages were read again: report it as an
   * event, or reject with `incomplete` behind the last item. Default `report`.
   */
  readonly onIncomplete?: 'report' | 'fail' | undefined
  /** Resume where a listing of the same query was: its `cursor`, or the one on the error that ended it. */
  readonly cursor?: string | undefined
}

/** How to walk a list. The call options hold for the call of each page. */
export interface ListingOptions<Item> extends WalkOptions<Item>, CallOptions {}

/** A page of a listing, without the items that were given out before or that `where` refuses. */
export interface ListingPage<Item> extends Page<Item> {
  readonly page: number
}

/** A list being walked, once: every iteration goes on where the last one stopped. */
export interface Listing<Item> extends AsyncIterable<Item, void, undefined> {
  /** The pages instead of the items. */
  pages(): AsyncGenerator<ListingPage<Item>, void, undefined>
  /** Reads the next page if that was not done yet (it is given out later, not read again), and says what the rest costs. */
  plan(): Promise<ListingPlan>
  /** The remaining items in one array. */
  toArray(): Promise<Item[]>
  /** The position after the last item that was given out; store it to resume from there. */
  readonly cursor: string
}

/** What a listing needs from its client. */
export interface ListingSource<Item> {
  /** Reads a page; its items have an `id`, asked for or not. */
  readonly read: PageReader<{ readonly id: string }>
  /** Items in a page, as asked for; `undefined`: the API's own choice. */
  readonly pageSize?: number | undefined
  /** The item as it was asked for. */
  readonly trim: (item: { readonly id: string }) => Item
  /** The query, to recognise it in a cursor. */
  readonly query: object
  /** Milliseconds until the last of `calls` calls made now may leave. */
  readonly estimateMs: (calls: number) => number
  /** Whether no call waits and budget is left. */
  readonly hasSpareBudget: () => boolean
  readonly report: (event: ExportsEvent) => void
  /** @throws ExportsError `aborted` once the caller has aborted. */
  readonly checkAborted?: (() => void) | undefined
}

interface OpenPage<Item> {
  readonly page: number
  readonly total: number
  readonly ids: readonly string[]
  readonly entries: readonly { readonly id: string; readonly item: Item }[]
  readonly isLast: boolean
  /** Entries given out so far. */
  given: number
}

/** Walks a list that may change while it is read: no item twice, none left out that is there all the time. */
export function createListing<Item>(source: ListingSource<Item>, options: WalkOptions<Item>): Listing<Item> {
  const { where, limit = Infinity, maxPages = 100_000, prefetch = 'never', onIncomplete = 'report' } = options
  const start: Position =
    options.cursor === undefined ? { page: 1, recentIds: [] } : readCursor(options.cursor, source.query)
  const seen = new Set<string>(start.recentIds)
  /** Items to ask for in a page. */
  let size = source.pageSize === undefined ? undefined : Math.min(source.pageSize, start.pageSize ?? Infinity)
  const walk = new PageWalk({ ...start, pageSize: start.pageSize ?? size, maxPages })
  let position = start
  let previousIds = start.recentIds
  let remaining = limit
  let current: OpenPage<Item> | undefined
  let opening: Promise<OpenPage<Item>> | undefined
  let ahead: ReturnType<typeof source.read> | undefined
  let isOver = limit === 0

  const cursor = (): string => {
    const given = current?.entries.slice(0, current.given).map(({ id }) => id) ?? []
    return writeCursor({ ...position, recentIds: [...previousIds, ...given] }, source.query)
  }

  /** The page that the listing stands on, read once, however many callers wait for it. */
  async function open(): Promise<OpenPage<Item>> {
    return current ?? (opening ??= read().finally(() => (opening = undefined)))
  }

  async function read(): Promise<OpenPage<Item>> {
    const { page, pass, total: before } = walk
    // Read again, a page is no place to resume from: what comes there may have been given out long ago.
    if (pass === 1) position = { page, pageSize: walk.pageSize, recentIds: [] }
    const reading = ahead ?? source.read(page, size, pass)
    ahead = undefined
    const found = await reading.catch((error: unknown) => {
      if (isExportsError(error)) error.cursor = cursor()
      throw error
    })
    if (walk.pagesRead === 0 && page === 1) walk.pageSize = size = takenSize(found)
    const { total } = found
    if (before !== undefined && before !== total)
      source.report({ type: 'total-changed', page, from: before, to: total })
    const entries: { id: string; item: Item }[] = []
    let fresh = 0
    for (const wire of found.items) {
      const { id } = wire
      if (typeof id !== 'string') throw unidentified(page, cursor())
      if (seen.has(id)) {
        // What was given out from this very page before a resume is no news, nor is what a later pass finds again.
        if (walk.pagesRead > 0 && pass === 1) source.report({ type: 'repeated-item', page, id })
        continue
      }
      seen.add(id)
      fresh += 1
      const item = source.trim(wire)
      if (!where || atOnce('where', where(item))) entries.push({ id, item })
    }
    walk.advance({ ids: found.items.map(({ id }) => id), fresh, total })
    if (pass === 1) position = { page, pageSize: walk.pageSize, recentIds: [] }
    current = { page, total, ids: found.items.map(({ id }) => id), entries, isLast: walk.isOver, given: 0 }
    source.report({ type: 'page', page, items: found.items.length, total, cursor: cursor() })
    const isNext = !walk.isOver && walk.page === page + 1
    if (isNext && prefetch === 'spare' && remaining > entries.length && source.hasSpareBudget()) {
      ahead = source.read(walk.page, size, walk.pass)
      // Looked at when the page is opened; until then a failure is not an unhandled one.
      ahead.catch(() => undefined)
    }
    return current
  }

  function close(finished: OpenPage<Item>): void {
    if (current !== finished) return
    isOver = finished.isLast || remaining <= 0
    if (isOver) {
      checkCompleteness(finished)
      return
    }
    if (walk.pass === 1) {
      // When a page is read again, what was given out before must be known after a resume, too.
      previousIds = walk.isBack ? [...previousIds, ...finished.ids] : finished.ids
      position = { page: walk.page, pageSize: walk.pageSize, recentIds: [] }
    }
    current = undefined
  }

  /** @throws ExportsError `incomplete`, if asked for. */
  function checkCompleteness({ isLast, total }: OpenPage<Item>): void {
    const { missing } = walk
    if (!isLast || missing === 0) return
    source.report({ type: 'incomplete', missing, total })
    if (onIncomplete === 'fail') {
      const message = `The list has ${total} items, and ${missing} of them came on no page: list it again`
      throw new ExportsError('incomplete', message, { missing, cursor: cursor() })
    }
  }

  async function* items(): AsyncGenerator<Item, void, undefined> {
    while (!isOver) {
      const opened = await open()
      while (opened.given < opened.entries.length && remaining > 0) {
        source.checkAborted?.()
        const entry = opened.entries[opened.given++]
        remaining -= 1
        if (entry) yield entry.item
      }
      close(opened)
    }
  }

  async function* pages(): AsyncGenerator<ListingPage<Item>, void, undefined> {
    while (!isOver) {
      const opened = await open()
      source.checkAborted?.()
      const rest = opened.entries.slice(opened.given, opened.given + remaining)
      opened.given += rest.length
      remaining -= rest.length
      const { page, total, ids } = opened
      if (ids.length > 0 || page === 1) yield { page, total, items: rest.map(({ item }) => item) }
      close(opened)
    }
  }

  return {
    [Symbol.asyncIterator]: items,
    pages,
    async plan() {
      if (isOver) return { total: walk.total ?? 0, pages: walk.page, requests: 0, estimatedMs: 0 }
      const { total, page, isLast } = await open()
      const pages = walk.pageSize ? Math.max(1, Math.ceil(total / walk.pageSize)) : 1
      const requests = isLast ? 0 : Math.max(0, Math.min(pages, page + maxPages - walk.pagesRead) - page)
      return { total, pages, requests, estimatedMs: requests > 0 ? source.estimateMs(requests) : 0 }
    },
    async toArray() {
      const all: Item[] = []
      for await (const item of items()) all.push(item)
      return all
    },
    get cursor() {
      return cursor()
    },
  }
}

/** The size of the pages that follow a first page: as asked for, or as it was cut, so that no item lies between pages. */
function takenSize({ items, total, size }: SizedPage<unknown>): number | undefined {
  const isCut = size !== undefined && items.length > 0 && items.length < Math.min(size, total)
  return isCut ? items.length : size
}

function unidentified(page: number, cursor: string): ExportsError {
  return new ExportsError(
    'invalid-response',
    `Page ${page} of the list has an item without an id: it could be any of the others`,
    { cursor },
  )
}
