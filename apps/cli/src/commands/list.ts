import { isExportsError } from '@hood-exports/client'
import type { ExportsClient, Filter, ListAllQuery, Listing, Page } from '@hood-exports/client'
import { UsageError, counted, formatCount, formatDuration } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { createFilterGate, refusedFilter } from '../filter-gate.ts'
import type { FilterGate } from '../filter-gate.ts'
import type { Item } from '../format/cell.ts'
import type { CsvFormulas } from '../format/csv.ts'
import { TABLE_FIELDS, createItemWriter } from '../format/item-writer.ts'
import type { Format } from '../format/item-writer.ts'
import { listSummary } from '../list-summary.ts'
import type { Tally } from '../list-summary.ts'
import { filterOf } from '../where/claim.ts'
import { parseWhere, whereOf } from '../where/where.ts'
import type { Where } from '../where/where.ts'

export interface ListFlags {
  readonly fields?: readonly string[]
  readonly sort: readonly string[]
  readonly search?: string
  readonly searchFields?: readonly string[]
  readonly where?: readonly string[]
  readonly limit?: number
  readonly all?: true
  readonly page?: number
  readonly pageSize?: number
  readonly output?: Format
  readonly csvFormulas: CsvFormulas
  /** A byte order mark in front of CSV. */
  readonly csvBom?: true
}

/** Fits a screen. */
const DEFAULT_LIMIT = 30
/** The most that is asked for in one page; the API's own bound is not documented. */
const LARGEST_PAGE = 100

export async function runList(context: CommandContext, flags: ListFlags): Promise<ExitCode> {
  const { search, searchFields, sort, page } = flags
  if (searchFields && search === undefined) {
    throw new UsageError('--search-fields says where --search looks: give --search as well')
  }
  if (context.flags.json && (flags.output === 'csv' || flags.output === 'table')) {
    throw new UsageError(`--json and --output ${flags.output} are two formats: leave out one`)
  }
  const where = parseWhere(flags.where ?? [], { flag: '--where', nowMs: context.wallNow() })
  const asked = filterOf(where.conditions)
  const format = flags.output ?? (context.flags.json ? 'json' : 'table')
  const shown = flags.fields ?? (format === 'table' ? TABLE_FIELDS : undefined)
  const limit = flags.limit ?? (flags.all || page !== undefined ? Infinity : DEFAULT_LIMIT)
  // Where conditions are checked here, or the API ignores its filter, large pages cost less.
  const pageSize = flags.pageSize ?? (where.conditions.length > 0 ? LARGEST_PAGE : Math.min(limit, LARGEST_PAGE))
  // The client checks every name, and says which are allowed.
  const query = {
    ...(shown ? { fields: [...new Set([...shown, ...where.fields])] } : { view: 'full' }),
    ...(sort.length > 0 && { sort }),
    ...(search !== undefined && { q: search }),
    ...(searchFields && { qFields: searchFields }),
    pageSize,
  } as unknown as ListAllQuery

  const { stdout } = context.terminal
  const writer = createItemWriter({ ...flags, format, output: stdout })
  const tally: Tally = { total: 0, looked: 0, fitting: 0, met: 0, shown: 0 }
  let filtered = asked?.conditions ?? []
  const gate = createFilterGate(async (filter) => {
    filtered = []
    await context.warn(refusedFilter(filter))
  })
  const client = await context.connect()
  const reading: Reading = {
    query,
    filter: asked?.filter,
    gate,
    where,
    fits: whereOf(filtered).matches,
    limit,
    tally,
    async show(items) {
      tally.shown += items.length
      const text = writer.page(items)
      if (text !== '') await context.print(text)
    },
  }
  let incomplete: unknown
  if (page === undefined) {
    await walk(context, client, reading).catch((error: unknown) => {
      if (!isExportsError(error, 'incomplete')) throw error
      incomplete = error
    })
  } else await readPage(context, client, { ...reading, page, isSizeGiven: flags.pageSize !== undefined })
  const rest = writer.end()
  if (rest !== '') await context.print(rest)
  const texts = { where: flags.where ?? [], filtered: filtered.map(({ text }) => text) }
  await context.note(listSummary(tally, { ...texts, search, page, isAll: flags.all === true }))
  // What came is shown whole before that.
  if (incomplete !== undefined) throw incomplete
  return EXIT.ok
}

interface Reading {
  readonly query: ListAllQuery
  readonly filter: Filter | undefined
  readonly gate: FilterGate
  readonly where: Where
  /** Whether an export meets what the API was asked for. */
  readonly fits: (item: Item) => boolean
  readonly limit: number
  readonly tally: Tally
  readonly show: (items: readonly Item[]) => Promise<void>
}

/** Looks at an export, and says whether it is shown. */
function look({ where, fits, tally }: Reading, item: Item): boolean {
  tally.looked += 1
  if (fits(item)) tally.fitting += 1
  const isMet = where.matches(item)
  if (isMet) tally.met += 1
  return isMet
}

/** Page by page, each shown as it arrives. */
async function walk(context: CommandContext, client: ExportsClient, reading: Reading): Promise<void> {
  const { query, filter, gate, limit, tally, show } = reading
  context.status.show('Reading the first page …')
  const listing = await gate(filter, async (taken): Promise<Listing<Item>> => {
    const asked = { ...query, ...(taken && { filter: taken }) }
    const opened = client.listAll(asked, {
      where: (item) => look(reading, item),
      limit,
      signal: context.signal,
      onIncomplete: 'fail',
    })
    // Reads its first page: a filter that is refused is refused there.
    await opened.plan()
    return opened
  })
  for await (const { page, total, items } of listing.pages()) {
    tally.total = total
    await show(items)
    const { pages, estimatedMs } = await listing.plan()
    const wait = estimatedMs > 1_000 ? `; the quota lets the last one leave in ${formatDuration(estimatedMs)}` : ''
    context.status.show(`${formatCount(page)} of ${counted(Math.max(page, pages), 'page')} read${wait}`)
  }
}

interface OnePage extends Reading {
  readonly page: number
  /** Whether the page size was given, and not chosen here. */
  readonly isSizeGiven: boolean
}

async function readPage(context: CommandContext, client: ExportsClient, reading: OnePage): Promise<void> {
  const { query, filter, gate, limit, tally, show, page, isSizeGiven } = reading
  const { signal } = context
  const found = await gate(filter, async (taken): Promise<Page<Item>> => {
    const asked = { ...query, ...(taken && { filter: taken }), page }
    try {
      return await client.list(asked, { signal })
    } catch (error) {
      if (isSizeGiven || !isExportsError(error, 'bad-request')) throw error
    }
    // The size that was chosen here may be too large: the API has one of its own.
    const { pageSize: _chosen, ...unsized } = asked
    return client.list(unsized, { signal })
  })
  tally.total = found.total
  await show(found.items.filter((item) => look(reading, item)).slice(0, limit))
}
