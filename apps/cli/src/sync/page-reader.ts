import { isExportsError } from '@hood-exports/client'
import type { ExportItem, ExportsClient, ListAllQuery, ListQuery, Page } from '@hood-exports/client'

/** What a list is asked for, beside its pages. */
export type PageQuery = Pick<ListAllQuery, 'filter' | 'sort' | 'q' | 'qFields'>

/** A page, and the size to ask for the next ones with; `undefined`: the API's own. */
export interface SizedPage extends Page<ExportItem> {
  readonly size: number | undefined
}

/** Reads the list in whole items, in pages as large as the API takes them. One for a command: it learns their size. */
export interface PageReader {
  /** The most that is asked for in a page. */
  readonly largest: number
  first(query: PageQuery): Promise<SizedPage>
  /** @param size of the first page */
  next(query: PageQuery, page: number, size: number | undefined): Promise<Page<ExportItem>>
}

/** Large pages cost less; how large they may be is not documented. */
const LARGEST_PAGE = 100

/**
 * A first page that is refused (400) is asked for without a size. When that is accepted and is not the whole list, the
 * size was the reason, and it is halved until it is taken.
 */
export function createPageReader(client: Pick<ExportsClient, 'list'>, signal: AbortSignal): PageReader {
  let largest = LARGEST_PAGE
  // Of that size.
  let verdict: 'unknown' | 'taken' | 'refused' = 'unknown'

  const read = async (query: PageQuery, page: number, size: number | undefined): Promise<SizedPage> => {
    const sized = { view: 'full', ...query, page, ...(size !== undefined && { pageSize: size }) }
    const found = await client.list(sized as ListQuery & { view: 'full' }, { signal })
    return { ...found, size }
  }

  async function readUnsized(query: PageQuery): Promise<SizedPage> {
    // Refused as well, the size was not the reason.
    const usual = await read(query, 1, undefined)
    verdict = 'refused'
    if (usual.items.length >= usual.total) return usual
    for (let size = Math.floor(largest / 2); size > usual.items.length; size = Math.floor(size / 2)) {
      try {
        const first = await read(query, 1, size)
        largest = size
        verdict = 'taken'
        return first
      } catch (error) {
        if (!isExportsError(error, 'bad-request')) throw error
      }
    }
    return usual
  }

  async function readFirst(query: PageQuery): Promise<SizedPage> {
    if (verdict === 'refused') return readUnsized(query)
    try {
      const first = await read(query, 1, largest)
      verdict = 'taken'
      return first
    } catch (error) {
      if (verdict === 'taken' || !isExportsError(error, 'bad-request')) throw error
      return readUnsized(query)
    }
  }

  return {
    get largest() {
      return largest
    },
    async first(query) {
      const page = await readFirst(query)
      const { items, total, size } = page
      const isCut = size !== undefined && items.length > 0 && items.length < Math.min(size, total)
      // As it was cut, so that no item lies between two pages.
      return isCut ? { ...page, size: items.length } : page
    },
    next: (query, page, size) => read(query, page, size),
  }
}
