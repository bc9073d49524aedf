import type { ExportsClient, ListAllQuery } from '@hood-exports/client'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import type { Item } from '../format/cell.ts'
import type { CsvFormulas } from '../format/csv.ts'
import { TABLE_FIELDS, createItemWriter } from '../format/item-writer.ts'
import type { Format } from '../format/item-writer.ts'
import { counted, formatCount, formatDuration } from '../format/quantity.ts'
import { parseWhere } from '../where.ts'

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
}

/** Fits a screen. */
const DEFAULT_LIMIT = 30
/** The most that is asked for in one page; the API's own bound is not documented. */
const LARGEST_PAGE = 100

/** How many there are, how many were looked at, and how many of them were shown. */
interface Tally {
  total: number
  looked: number
  shown: number
}

export async function runList(context: CommandContext, flags: ListFlags): Promise<ExitCode> {
  const { where: conditions = [], search, searchFields, sort, page } = flags
  if (context.flags.json && (flags.output === 'csv' || flags.output === 'table')) {
    throw new CommandError('usage', `--json and --output ${flags.output} are two formats: leave out one`)
  }
  const where = parseWhere(conditions)
  const format = flags.output ?? (context.flags.json ? 'json' : 'table')
  const shown = flags.fields ?? (format === 'table' ? TABLE_FIELDS : undefined)
  const limit = flags.limit ?? (flags.all || page !== undefined ? Infinity : DEFAULT_LIMIT)
  const pageSize = flags.pageSize ?? (conditions.length > 0 ? LARGEST_PAGE : Math.min(limit, LARGEST_PAGE))
  // The client checks every name, and says which are allowed.
  const query = {
    ...(shown ? { fields: [...new Set([...shown, ...where.fields])] } : { view: 'full' }),
    ...(sort.length > 0 && { sort }),
    ...(search !== undefined && { q: search }),
    ...(searchFields && { qFields: searchFields }),
    pageSize,
  } as unknown as ListAllQuery

  const { stdout } = context.terminal
  const writer = createItemWriter({ format, fields: flags.fields, csvFormulas: flags.csvFormulas, output: stdout })
  const tally: Tally = { total: 0, looked: 0, shown: 0 }
  const client = await context.connect()
  const show = async (items: readonly Item[]): Promise<void> => {
    tally.shown += items.length
    const text = writer.page(items)
    if (text !== '') await context.print(text)
  }

  if (page === undefined) {
    await walk(context, client, { query, pageSize, limit, where: where.matches, show, tally })
  } else {
    const found = await client.list({ ...query, page }, { signal: context.signal })
    Object.assign(tally, { total: found.total, looked: found.items.length })
    await show(found.items.filter((item) => where.matches(item)).slice(0, limit))
  }
  const rest = writer.end()
  if (rest !== '') await context.print(rest)
  await context.note(summary(tally, flags))
  return EXIT.ok
}

interface Walk {
  readonly query: ListAllQuery
  readonly pageSize: number
  readonly limit: number
  readonly where: (item: Item) => boolean
  readonly show: (items: readonly Item[]) => Promise<void>
  readonly tally: Tally
}

/** Page by page, each shown as it arrives. */
async function walk(context: CommandContext, client: ExportsClient, options: Walk): Promise<void> {
  const { query, pageSize, limit, where, show, tally } = options
  const looked = (item: Item): boolean => {
    tally.looked += 1
    return where(item)
  }
  context.status.show('Reading the first page …')
  const pages = client.listAll(query, { where: looked, limit, signal: context.signal }).pages()
  for await (const { page, total, items } of pages) {
    tally.total = total
    await show(items)
    const count = Math.max(page, Math.ceil(total / pageSize))
    const waitMs = client.limiter.estimate({ calls: count - page }) - context.now()
    const wait = waitMs > 1_000 ? `; the quota lets the last one leave in ${formatDuration(waitMs)}` : ''
    context.status.show(`${formatCount(page)} of ${counted(count, 'page')} read${wait}`)
  }
}

function summary({ total, looked, shown }: Tally, { where, all, page, search }: ListFlags): string {
  const filter = where?.join(' and ')
  if (total === 0) return search === undefined ? 'There are no exports.' : `No export contains "${search}".`
  if (page !== undefined && looked === 0)
    return `Page ${formatCount(page)} is past the end: ${counted(total, 'export')} in all.`
  const isComplete = looked >= total
  if (filter !== undefined) {
    const among = isComplete
      ? `all ${counted(total, 'export')}`
      : `${formatCount(looked)} of ${counted(total, 'export')} looked at`
    return `${formatCount(shown)} with ${filter} among ${among}.${isComplete || all ? '' : ' --all looks at every one.'}`
  }
  if (shown >= total) return `${counted(total, 'export')}.`
  return `${formatCount(shown)} of ${counted(total, 'export')}.${page === undefined ? ' --all lists every one.' : ''}`
}
