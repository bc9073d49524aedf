import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import { median, quantile } from '../statistics.ts'
import { markdownTable } from '../table.ts'

export interface ListsOptions {
  /** Exports of the account. */
  readonly items: number
  /** Lists of each kind. */
  readonly turns: number
}

interface Kind {
  readonly name: string
  /** Whether its 99th percentile is held to the bar. */
  readonly isFirstPage: boolean
  readonly query: (turn: number) => string
}

const PAGE_SIZE = 50
const SORT_KEYS = SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`])
const SEVERAL_KEYS = ['status,-size', '-download_count,name', 'resource,-create_time', 'name,-size']
const FILTERS = ['status=ready', 'status=failed', 'size=gt:1000000', 'create_time=gte:2025-12-01', 'expire_time=isn:']
/** Words and dates of names, descriptions, both, and neither. */
const TEXTS = ['V', 'list', '12.', 'help', 'é', 'agency', 'nowhere']
/** Milliseconds that the 99th percentile of a first page may take. */
const BAR_MS = 50

const inTurn = (values: readonly string[], turn: number): string => values[turn % values.length] ?? ''

function kinds(items: number): readonly Kind[] {
  const middle = Math.floor(items / PAGE_SIZE / 2)
  const first = (name: string, query: (turn: number) => string): Kind => ({
    name,
    isFirstPage: true,
    query: (turn) => `${query(turn)}&page=1,${PAGE_SIZE}`,
  })
  return [
    first('page 1', () => 'sort=-create_time'),
    first(`page 1, by each of the ${SORT_KEYS.length} keys in turn`, (turn) => `sort=${inTurn(SORT_KEYS, turn)}`),
    first('page 1, by several keys', (turn) => `sort=${inTurn(SEVERAL_KEYS, turn)}`),
    first('page 1, filtered by one member', (turn) => inTurn(FILTERS, turn)),
    {
      name: `page ${middle.toLocaleString('en')}, by each key in turn`,
      isFirstPage: false,
      query: (turn) => `sort=${inTurn(SORT_KEYS, turn)}&page=${middle},${PAGE_SIZE}`,
    },
    {
      name: '`q` in name and description',
      isFirstPage: false,
      query: (turn) => `q=${encodeURIComponent(inTurn(TEXTS, turn))}&q_fields=name,description`,
    },
  ]
}

/** Lists of a large account, in process. */
export async function benchLists({ items, turns }: ListsOptions): Promise<string> {
  const startedAt = performance.now()
  const sandbox = createSandbox({ items, limits: 'off' })
  const madeInMs = performance.now() - startedAt
  const list = async (query: string): Promise<number> => {
    const from = performance.now()
    const response = await sandbox.fetch(
      new Request(`http://sandbox/v1/hood/exports?${query}`, {
        headers: { authorization: `Bearer ${DEMO_TOKENS.main}` },
      }),
    )
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${query}: ${response.status}`)
    return performance.now() - from
  }
  const rows: string[][] = []
  for (const { name, isFirstPage, query } of kinds(items)) {
    const times: number[] = []
    for (let turn = 0; turn < turns; turn += 1) times.push(await list(query(turn)))
    const p99 = quantile(times, 0.99)
    rows.push([
      name,
      median(times).toFixed(2),
      p99.toFixed(2),
      Math.max(...times).toFixed(2),
      ...(isFirstPage ? [`${BAR_MS}`, p99 <= BAR_MS ? 'yes' : 'no'] : ['', '']),
    ])
  }
  sandbox.close()
  const table = markdownTable(['a list', 'median, ms', 'p99', 'slowest', 'bar for p99', 'met'], rows)
  return `${table}\n\n${turns} lists of each kind, in process; an account of ${items.toLocaleString('en')} exports, made in ${(madeInMs / 1_000).toFixed(1)} s. Only first pages have a bar.`
}
