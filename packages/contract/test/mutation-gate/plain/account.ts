export type Row = Record<string, string | number | null>

/** What belongs to one company: its tokens, its exports, its places in each window. */
export interface Account {
  readonly company: string
  readonly tokens: readonly string[]
  rows: Row[]
  readonly reports: readonly string[]
  /** The number and the count of the newest window, by its length in milliseconds. */
  readonly windows: Map<number, { number: number; used: number }>
}

export const PLAIN_TOKENS = { main: 'plain-1a', same: 'plain-1b', other: 'plain-2', third: 'plain-3' }

/** The quick report that every account has. */
const REPORT = '17430755068336100383'

const RESOURCES = ['quick-reports', 'campaigns', 'profiles', 'Deals', 'tags', 'audit-log']
const STATUSES = ['ready', 'ready', 'ready', 'ready', 'failed', 'running', 'queued', 'ready', 'expired', 'ready']
const WORDS = [
  'Summer',
  'sale',
  'été',
  'Ω-test',
  '50%',
  'a_b',
  'R&D',
  'x+y',
  '日本',
  'über',
  'Q4',
  '"final"',
  'back\\up',
  '🎁 gifts',
]
const FORMATS = [
  ['csv', 'text/csv'],
  ['json', 'application/json'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['csv', 'text/csv'],
] as const
const REASONS = ['Export failed due to an internal error. Please try again later.', 'Too many rows', null, null]

/** Whole numbers below `end`, the same ones in each run. */
function numbersFrom(seed: number): (end: number) => number {
  let state = seed
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * end)
  }
}

/** `YYYY-MM-DD HH:MM:SS` in GMT. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

function rowsOf(seed: number, count: number, company: string): Row[] {
  const below = numbersFrom(seed)
  const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value
  const start = Date.UTC(2024, 2, 1)
  return Array.from({ length: count }, (_, index) => {
    const id = String(seed * 1_000_000 + index * 7 + below(7))
    const [extension, mime_type] = pick(FORMATS)
    const status = pick(STATUSES)
    // Some have equal times.
    const createdMs = start + Math.floor(index / 2) * 5_400_000 + (index % 5 === 0 ? below(5_000) * 1_000 : 0)
    return {
      id,
      company_id: company,
      creator_id: String(1_000_000 + below(4)),
      resource: pick(RESOURCES),
      status,
      name: `${pick(WORDS)} ${pick(WORDS)} ${below(60)}`,
      description:
        below(3) === 0 ? null : `${pick(WORDS)} of ${pick(WORDS)}, ${below(1_000)}`.repeat(index % 20 === 3 ? 12 : 1),
      size: status === 'ready' ? (index === 11 ? 1_200_000 : 90 + below(30_000)) : 0,
      extension,
      mime_type,
      download_url: `/v1/hood/customers/exports/${id}/download`,
      attempt_count: 1 + below(12),
      download_count: below(25),
      failure_reason: status === 'failed' ? (REASONS[below(2)] ?? null) : pick(REASONS),
      expire_time: below(6) === 0 ? null : timeText(createdMs + 4 * 365 * 86_400_000),
      create_time: timeText(createdMs),
      update_time: timeText(createdMs + below(90) * 60_000),
    }
  })
}

export function createAccounts(count: number): Account[] {
  return [
    { company: '501', tokens: [PLAIN_TOKENS.main, PLAIN_TOKENS.same], seed: 31, count },
    { company: '502', tokens: [PLAIN_TOKENS.other], seed: 47, count: 23 },
    { company: '503', tokens: [PLAIN_TOKENS.third], seed: 59, count: 12 },
  ].map(({ seed, count: rows, ...account }) => ({
    ...account,
    rows: rowsOf(seed, rows, account.company),
    reports: [REPORT],
    windows: new Map(),
  }))
}

/** The bytes of an export: as many as its `size`, and the same at each download. */
export function fileOf({ id, name, extension, size }: Row): Buffer {
  const length = Number(size)
  if (extension === 'json') {
    const row = JSON.stringify([{ campaign_name: name, export: id }])
    return Buffer.from(row.padEnd(length - Buffer.byteLength(row) + row.length))
  }
  const head =
    extension === 'csv'
      ? `campaign_name,run_date,sent\n${String(id)},2025-04-24T00:00:00Z,23\n`
      : `PK\x03\x04${String(id)}\n`
  const bytes = Buffer.from(head.repeat(Math.ceil(length / head.length))).subarray(0, length)
  return bytes
}
