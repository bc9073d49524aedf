import { isExportsError } from '../../errors.ts'
import type { ExportItem } from '../../export-item.ts'
import type { Filter } from '../../filter.ts'
import type { ListingPage } from '../../listing.ts'
import { LARGEST_PAGE, lookUp, openExports } from './open-exports.ts'
import type { ListAccess } from './open-exports.ts'

export interface WalkOptions extends ListAccess {
  /** What is asked for; more may come. Where the API refuses it with a 400, the list is read without it. */
  readonly filter: Filter | undefined
  readonly onFilterRefused: (filter: Filter) => void | Promise<void>
  /** Whether an export is what is asked for. */
  readonly fits: (item: ExportItem) => boolean
  /** `YYYY-MM-DD HH:MM:SS`: from there on, older exports were seen before. */
  readonly until: string | undefined
  /** Exports that are to be looked at again, wherever they stand in the list. */
  readonly openIds: readonly string[]
  /** Called with the new exports of each page. */
  readonly onPage: (page: Pick<ListingPage<ExportItem>, 'items' | 'total'>) => Promise<void>
  /** Called with an open id that stands on no page that was read; `undefined`: the API does not have it. */
  readonly onFound: (id: string, item: ExportItem | undefined) => Promise<void>
}

export interface Walked {
  /** The newest creation time that was seen. */
  readonly newest: string | undefined
  /** How many exports a list has that was read to its end: as many different ones must have come. */
  readonly total: number | undefined
}

/** Reads the list from its newest export on, down to where an earlier run has been. */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { until, openIds, onPage, onFound } = options
  const { kind, first, rest } = await openList(options)
  const unseen = new Set(openIds)
  let newest: string | undefined
  let { total } = first
  let seen = 0
  let isSteady = true
  let isWhole = kind !== 'nothing-new'
  let isAsked = false

  const see = async ({ items, total }: ListingPage<ExportItem>): Promise<void> => {
    for (const { id } of items) unseen.delete(id)
    seen += items.length
    await onPage({ items, total })
  }
  const askForOpen = async (): Promise<void> => {
    if (isAsked || unseen.size === 0) return
    isAsked = true
    for (const [id, item] of await openExports(options, [...unseen])) {
      unseen.delete(id)
      await onFound(id, item)
    }
  }

  await see(first)
  for (let page: ListingPage<ExportItem> | undefined = first; isWhole && page !== undefined;) {
    const { items } = page
    if (page.total < total) isSteady = false
    total = page.total
    for (const { create_time: createTime } of items) {
      if (newest === undefined || createTime > newest) newest = createTime
    }
    const oldest = items.at(-1)?.create_time
    if (until !== undefined && oldest !== undefined && oldest < until && seen < total) {
      await askForOpen()
      // A page is cheaper than asking for more exports than there are pages left.
      if (unseen.size <= Math.ceil((total - seen) / first.items.length)) {
        isWhole = false
        break
      }
    }
    page = (await rest.next()).value ?? undefined
    if (page !== undefined) await see(page)
  }
  await rest.return()
  // Where no filter was asked for, what stands on no page is not there.
  const isProof = kind === 'whole' && isWhole && isSteady && seen >= total
  if (!isProof) await askForOpen()
  for (const id of unseen) await onFound(id, isProof ? undefined : await lookUp(options, id))
  return { newest, total: isWhole ? total : undefined }
}

interface OpenedList {
  /** `nothing-new`: the filter finds nothing, and the first page of the whole list does not speak against it. */
  readonly kind: 'filtered' | 'whole' | 'nothing-new'
  readonly first: ListingPage<ExportItem>
  readonly rest: AsyncGenerator<ListingPage<ExportItem>, void, undefined>
}

/**
 * The first page. That a filter finds nothing may also mean that the API reads it as something else, and it does not
 * say whose account it is: so then the whole list is asked as well.
 */
async function openList({ client, signal, filter, fits, onFilterRefused }: WalkOptions): Promise<OpenedList> {
  const open = async (kind: OpenedList['kind'], asked: Filter | undefined): Promise<OpenedList> => {
    const query = {
      view: 'full',
      sort: ['-create_time'],
      pageSize: LARGEST_PAGE,
      ...(asked && { filter: asked }),
    } as const
    const rest = client.listAll(query, { signal }).pages()
    const { value } = await rest.next()
    return { kind, first: value ?? { page: 1, total: 0, items: [] }, rest }
  }
  if (filter === undefined) return open('whole', undefined)
  let isRefused = false
  const opened = await open('filtered', filter).catch((error: unknown) => {
    if (!isExportsError(error, 'bad-request')) throw error
    isRefused = true
    return undefined
  })
  if (opened !== undefined && opened.first.items.length > 0) return opened
  const whole = await open('whole', undefined)
  if (isRefused) {
    await onFilterRefused(filter)
    return whole
  }
  return whole.first.items.some(fits) ? whole : { ...whole, kind: 'nothing-new' }
}
