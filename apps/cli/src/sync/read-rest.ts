import type { ExportItem, Filter } from '@hood-exports/client'
import type { PageReader } from './page-reader.ts'

/** Orders in which exports that were missed stand elsewhere: among equals a list may come in another order each time. */
const ORDERS = [
  ['create_time', 'name'],
  ['name', 'create_time'],
  ['-update_time', 'name'],
] as const

export interface ReadRestOptions {
  readonly pages: PageReader
  readonly filter: Filter | undefined
  readonly onPage: (page: { readonly items: readonly ExportItem[]; readonly total: number }) => Promise<void>
  /** How many different exports have come. */
  readonly seen: () => number
  /** Exports that the list has, as it says. */
  readonly total: number
}

/** Readings in a row without anything new, after which the rest is not there. */
const MOST_VAIN = 2
const MOST_READINGS = 12

/**
 * Reads a list again, in other orders, until as many different exports have come as it says that it has.
 * @returns how many have not.
 */
export async function readRest(options: ReadRestOptions): Promise<number> {
  const { seen } = options
  let { total } = options
  let vain = 0
  for (let reading = 0; seen() < total && vain < MOST_VAIN && reading < MOST_READINGS; reading += 1) {
    const before = seen()
    total = await readOnce(options, ORDERS[reading % ORDERS.length] ?? ORDERS[0])
    vain = seen() > before ? 0 : vain + 1
  }
  return Math.max(0, total - seen())
}

/** @returns what the list says that it has */
async function readOnce(
  { pages, filter, onPage, seen }: ReadRestOptions,
  sort: (typeof ORDERS)[number],
): Promise<number> {
  const query = { sort, ...(filter && { filter }) }
  const first = await pages.first(query)
  const size = Math.max(1, first.size ?? first.items.length)
  let { items, total } = first
  for (let page = 1; ; page += 1) {
    await onPage({ items, total })
    if (seen() >= total || items.length === 0 || page * size >= total) return total
    ;({ items, total } = await pages.next(query, page + 1, first.size))
  }
}
