import { isExportsError } from '@hood-exports/client'
import type { ExportItem, ExportsClient } from '@hood-exports/client'

export interface WalkOptions {
  readonly signal: AbortSignal
  /** `YYYY-MM-DD HH:MM:SS`: from there on, older exports were seen before. */
  readonly until: string | undefined
  /** Of exports that are to be looked at again, wherever they stand in the list. */
  readonly openIds: readonly string[]
  /** Told of each page; an export may come twice. */
  readonly onPage: (page: { readonly items: readonly ExportItem[]; readonly total: number }) => Promise<void>
  /** Told of an open id that stands on no page that was read; `undefined`: the API does not have it. */
  readonly onFound: (id: string, item: ExportItem | undefined) => Promise<void>
}

export interface Walked {
  /** The newest creation time that was seen. */
  readonly newest: string | undefined
  /** Whether nothing can have been missed down to `until`. */
  readonly isComplete: boolean
}

/** Large pages cost less; how large they may be is not documented. */
const PAGE_SIZE = 100

/**
 * Reads the list from its newest export on, down to where an earlier run has been.
 *
 * New exports come first, so they push others to later pages, where these come twice and none is missed. Exports that
 * vanish pull others forward, past a page that was read already; then `total` shrinks, and the pages that can have
 * got some are read again.
 */
export async function walk(client: ExportsClient, options: WalkOptions): Promise<Walked> {
  const { signal, until, openIds, onPage, onFound } = options
  const unseen = new Set(openIds)
  let newest: string | undefined
  let isComplete = true
  let isSteady = true
  let isWhole = false
  let lastTotal = 0
  let size = PAGE_SIZE
  for (let page = 1; !isWhole; page += 1) {
    const { items, total } = await client.list(
      { view: 'full', sort: ['-create_time'], pageSize: PAGE_SIZE, page },
      { signal },
    )
    // The API may allow less than was asked for.
    if (page === 1) size = Math.max(1, items.length)
    for (const { id, create_time: createTime } of items) {
      unseen.delete(id)
      if (newest === undefined || createTime > newest) newest = createTime
    }
    await onPage({ items, total })
    const lost = page === 1 ? 0 : lastTotal - total
    lastTotal = total
    if (lost > 0) {
      isSteady = false
      page = Math.max(0, page - 1 - Math.ceil(lost / size))
      continue
    }
    const oldest = items.at(-1)?.create_time
    const rest = Math.ceil((total - (page - 1) * size - items.length) / size)
    isWhole = rest <= 0 || oldest === undefined
    // An empty page before the end: the next run reads all of it once more.
    if (rest > 0 && oldest === undefined) isComplete = false
    const isPast = until !== undefined && oldest !== undefined && oldest < until
    // A page is cheaper than asking for more exports than there are pages left.
    if (isPast && unseen.size <= rest) break
  }
  for (const id of unseen) {
    await onFound(id, isWhole && isSteady && isComplete ? undefined : await find(client, id, signal))
  }
  return { newest, isComplete }
}

/**
 * One export; `undefined` when the API does not have it. A 404 alone does not prove that: the list is asked as well.
 */
export async function find(client: ExportsClient, id: string, signal: AbortSignal): Promise<ExportItem | undefined> {
  try {
    return await client.get(id, { view: 'full' }, { signal })
  } catch (error) {
    if (!isExportsError(error, 'not-found')) throw error
  }
  const { items } = await client.list({ view: 'full', q: id, qFields: ['id'], pageSize: PAGE_SIZE }, { signal })
  return items.find((item) => item.id === id)
}
