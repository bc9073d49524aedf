import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { DEMO_TOKENS, createSandbox } from '@hood-exports/sandbox'
import { median, quantile } from '../statistics.ts'
import { markdownTable } from '../table.ts'

export interface ListsOptions {
  /** Exports of the account; from 100,000. */
  readonly items: number
  /** Lists of each kind. */
  readonly turns: number
}

interface Kind {
  readonly name: string
  /** Milliseconds that the 99th percentile may take. Default: it is told, without a bar. */
  readonly barMs?: number
  readonly query: (turn: number) => string
}

const PAGE_SIZE = 50
const SORT_KEYS = SORTABLE_FIELDS.flatMap((field) => [field, `-${field}`])
const SEVERAL_KEYS = ['status,-size', '-download_count,name', 'resource,-create_time', 'name,-size']
/** More orders of several keys than the sandbox makes indexes for; what comes after them has none. */
const MANY_ORDERS = ['resource', 'status', 'extension'].flatMap((first) =>
  SORT_KEYS.filter((key) => !key.endsWith(first)).map((key) => `${first},${key},update_time`),
)
/** Words and dates of names, descriptions, both, and neither; with the turn, each text is another one. */
const TEXTS = ['V', 'list', '12.', 'help', 'é', 'agency', 'nowhere']

const inTurn = (values: readonly string[], turn: number): string => values[turn % values.length] ?? ''

function kinds(items: number): readonly Kind[] {
  const last = Math.floor(items / PAGE_SIZE)
  const middle = Math.floor(last / 2)
  const page = (number: number): string => `page ${number.toLocaleString('en')}`
  // A parameter of no meaning: the sandbox ignores it, and does not know the list from before.
  const fresh = (query: (turn: number) => string) => (turn: number) => `${query(turn)}&turn=${turn}`
  return [
    { name: 'page 1', barMs: 5, query: fresh(() => `page=1,${PAGE_SIZE}`) },
    ...[
      [`page 1, by each of the ${SORT_KEYS.length} keys in turn`, SORT_KEYS] as const,
      [`page 1, by several keys`, SEVERAL_KEYS] as const,
    ].map(([name, keys]) => ({
      name,
      barMs: 5,
      query: fresh((turn) => `sort=${inTurn(keys, turn)}&page=1,${PAGE_SIZE}`),
    })),
    ...[middle, last].flatMap((number) => [
      { name: page(number), barMs: 100, query: fresh(() => `page=${number},${PAGE_SIZE}`) },
      {
        name: `${page(number)}, by each key in turn`,
        barMs: 100,
        query: fresh((turn) => `sort=${inTurn(SORT_KEYS, turn)}&page=${number},${PAGE_SIZE}`),
      },
    ]),
    {
      name: '`q` in name and description',
      barMs: 100,
      query: (turn) =>
        `q=${encodeURIComponent(`${inTurn(TEXTS, turn)}${turn < 7 ? '' : turn}`)}&q_fields=name,description`,
    },
    {
      name: '`q` in name and description, by -create_time',
      barMs: 100,
      query: (turn) => `q=${encodeURIComponent(`${turn}`)}&q_fields=description,name&sort=-create_time`,
    },
    {
      name: 'page 1, by several keys, after 16 other such orders',
      query: fresh((turn) => `sort=${inTurn(MANY_ORDERS, turn)}&page=1,${PAGE_SIZE}`),
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
  for (const { name, barMs = Infinity, query } of kinds(items)) {
    const measured = barMs === Infinity ? SORT_KEYS.length : turns
    // An order that is asked for the first time gets its index: every key once, before it is measured.
    let firstMs = 0
    for (let turn = 0; turn < SORT_KEYS.length; turn += 1) firstMs = Math.max(firstMs, await list(query(turn)))
    const times: number[] = []
    for (let turn = SORT_KEYS.length; turn < SORT_KEYS.length + measured; turn += 1) times.push(await list(query(turn)))
    const p99 = quantile(times, 0.99)
    rows.push([
      name,
      median(times).toFixed(2),
      p99.toFixed(2),
      Math.max(...times).toFixed(2),
      firstMs.toFixed(0),
      ...(barMs === Infinity ? ['', ''] : [`${barMs}`, p99 <= barMs ? 'yes' : 'no']),
    ])
  }
  sandbox.close()
  const table = markdownTable(
    ['a list', 'median, ms', 'p99', 'slowest', 'slowest of the first', 'bar for p99', 'met'],
    rows,
  )
  return `${table}\n\n${turns} lists of each kind, in process, none of them asked for before; an account of ${items.toLocaleString('en')} exports, made in ${(madeInMs / 1_000).toFixed(1)} s. The first time an order is asked for, its index is made: "slowest of the first" is what that costs.`
}
