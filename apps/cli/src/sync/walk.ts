import type { ExportItem, Filter, Page } from '@hood-exports/client'
import type { FilterGate } from '../filter-gate.ts'
import { lookUp, openExports } from './open-exports.ts'
import type { ListAccess } from './open-exports.ts'
import type { SizedPage } from './page-reader.ts'

export interface WalkOptions extends ListAccess {
  readonly gate: FilterGate
  /** What is asked for; more may come. */
  readonly filter: Filter | undefined
  /** Whether an export is what is asked for. */
  readonly fits: (item: ExportItem) => boolean
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
  /** What was read to its end, so that as many different exports must have come as it has; else undefined. */
  readonly whole: { readonly filter: Filter | undefined; readonly total: number } | undefined
}

/** Steps back in a row that find nothing: then `total` is no number of exports. */
const MOST_FUTILE_STEPS = 3

/**
 * Reads the list from its newest export on, down to where an earlier run has been.
 *
 * New exports come first, so they push others to later pages, where these come twice and none is missed. Exports that
 * vanish pull others forward, past a page that was read already; then `total` shrinks, and the pages that can have
 * got some are read again.
 */
export async function walk(options: WalkOptions): Promise<Walked> {
  const { pages, until, openIds, onPage, onFound } = options
  const { kind, query, first } = await openList(options)
  // What the API has given, where it was not asked for a size.
  const size = Math.max(1, first.size ?? first.items.length)
  const unseen = new Set(openIds)
  let newest: string | undefined
  let isGapless = true
  let isSteady = true
  let isWhole = false
  let isAsked = false
  let lastTotal: number | undefined
  const ids = new Set<string>()
  let idsBefore = 0
  let futileSteps = 0

  const see = async ({ items, total }: Page<ExportItem>): Promise<void> => {
    for (const { id } of items) {
      unseen.delete(id)
      ids.add(id)
    }
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

  if (kind === 'nothing-new') await see(first)
  for (let page = 1; !isWhole && kind !== 'nothing-new'; page += 1) {
    const found = lastTotal === undefined ? first : await pages.next(query, page, first.size)
    const { items, total } = found
    await see(found)
    for (const { create_time: createTime } of items) {
      if (newest === undefined || createTime > newest) newest = createTime
    }
    const lost = page === 1 || lastTotal === undefined ? 0 : lastTotal - total
    lastTotal = total
    if (lost > 0 && futileSteps < MOST_FUTILE_STEPS) {
      isSteady = false
      futileSteps = ids.size > idsBefore ? 0 : futileSteps + 1
      idsBefore = ids.size
      page = Math.max(0, page - 1 - Math.ceil(lost / size))
      continue
    }
    const oldest = items.at(-1)?.create_time
    const rest = Math.ceil((total - (page - 1) * size - items.length) / size)
    // A full page may have others behind it, whatever `total` says.
    const isFull = first.size !== undefined && items.length >= size
    isWhole = (rest <= 0 && !isFull) || oldest === undefined
    // An empty page before the end.
    if (rest > 0 && oldest === undefined) isGapless = false
    const isPast = until !== undefined && oldest !== undefined && oldest < until
    if (isWhole || !isPast) continue
    await askForOpen()
    // A page is cheaper than asking for more exports than there are pages left.
    if (unseen.size <= rest) break
  }
  // Where no filter was asked for, what stands on no page is not there.
  const isProof = kind === 'whole' && isWhole && isSteady && isGapless
  if (!isProof) await askForOpen()
  for (const id of unseen) await onFound(id, isProof ? undefined : await lookUp(options, id))
  const whole = isWhole ? { filter: query.filter, total: lastTotal ?? 0 } : undefined
  return { newest, whole }
}

interface OpenedList {
  /** `nothing-new`: the filter finds nothing, and the first page of the whole list does not speak against it. */
  readonly kind: 'filtered' | 'whole' | 'nothing-new'
  readonly query: { readonly filter?: Filter; readonly sort: readonly ['-create_time'] }
  readonly first: SizedPage
}

/**
 * The first page. That a filter finds nothing may also mean that the API reads it as something else, and it does not
 * tell whose account it is: so then the whole list is asked as well.
 */
async function openList({ pages, gate, filter, fits }: WalkOptions): Promise<OpenedList> {
  const sort = ['-create_time'] as const
  const opened = await gate(filter, async (taken): Promise<OpenedList> => {
    const query = { sort, ...(taken && { filter: taken }) }
    return { kind: taken ? 'filtered' : 'whole', query, first: await pages.first(query) }
  })
  if (opened.kind === 'whole' || opened.first.items.length > 0) return opened
  const first = await pages.first({ sort })
  return { kind: first.items.some(fits) ? 'whole' : 'nothing-new', query: { sort }, first }
}
