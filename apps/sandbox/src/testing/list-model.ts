export type ModelItem = Readonly<Record<string, unknown>>

export interface ModelQuery {
  readonly fields?: readonly string[]
  /** Sort keys as on the wire. */
  readonly sort?: readonly string[]
  readonly page?: readonly [number: number, size: number]
  readonly q?: string
  /** As on the wire: `failed_reason`. */
  readonly qFields?: readonly string[]
  /** Each for another member. */
  readonly filters?: readonly ModelFilter[]
}

export interface ModelFilter {
  readonly member: string
  /** As on the wire; empty for a value without one. */
  readonly operator: string
  /** As on the wire. */
  readonly values: readonly string[]
}

/** What a list has to answer, in plain JavaScript over an array: the semantics without SQL, indexes and caches. */
export function modelList(items: readonly ModelItem[], query: ModelQuery): { total: number; items: ModelItem[] } {
  const { fields, sort = ['-create_time'], page: [number, size] = [1, 10], q = '', qFields = ['name'] } = query
  const wanted = insensitive(q)
  const members = qFields.map((name) => (name === 'failed_reason' ? 'failure_reason' : name))
  const found = items
    .filter((item) => q === '' || members.some((name) => contains(item[name], wanted)))
    .filter((item) => (query.filters ?? []).every((filter) => meets(item, filter)))
  const keys = sort.map((key) => (key.startsWith('-') ? { name: key.slice(1), sign: -1 } : { name: key, sign: 1 }))
  const sorted = found.toSorted((one, other) => {
    for (const { name, sign } of keys) {
      const order = compare(one[name], other[name])
      if (order !== 0) return order * sign
    }
    return (Number(one['id']) - Number(other['id'])) * (keys[0]?.sign ?? 1)
  })
  const shown = sorted.slice((number - 1) * size, number * size)
  return {
    total: found.length,
    items: shown.map((item) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => fields === undefined || fields.includes(name))),
    ),
  }
}

export function toSearch({ fields, sort, page, q, qFields, filters = [] }: ModelQuery): string {
  const parts = Object.entries({ fields, sort, page, q, q_fields: qFields }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(typeof value === 'string' ? value : value.join())}`],
  )
  const filtered = filters.map(
    ({ member, operator, values }) =>
      `${member}=${encodeURIComponent(operator === '' ? values.join() : `${operator}:${values.join()}`)}`,
  )
  return `?${[...parts, ...filtered].join('&')}`
}

const COUNTS = ['size', 'attempt_count', 'download_count']

function meets(item: ModelItem, { member, operator, values }: ModelFilter): boolean {
  const value = item[member]
  const given = values.map((text) =>
    COUNTS.includes(member) ? Number(text) : member.endsWith('_time') && text.length === 10 ? `${text} 00:00:00` : text,
  )
  const [first, second] = given
  if (operator === 'isn') return value === null
  if (operator === 'is') return value !== null
  if (operator === 'neq' || operator === 'nin') return !given.some((one) => one === value)
  if (operator === '' || operator === 'eq' || operator === 'in') return given.some((one) => one === value)
  if (value === null) return false
  const [toFirst, toSecond] = [compare(value, first), second === undefined ? 0 : compare(value, second)]
  const holds: Readonly<Record<string, boolean>> = {
    gt: toFirst > 0,
    gte: toFirst >= 0,
    lt: toFirst < 0,
    lte: toFirst <= 0,
    r: toFirst > 0 && toSecond < 0,
    rf: toFirst >= 0 && toSecond <= 0,
    rl: toFirst >= 0 && toSecond < 0,
    rr: toFirst > 0 && toSecond <= 0,
  }
  return holds[operator] === true
}

function insensitive(text: string): string {
  return Array.from(text.normalize('NFC').toUpperCase(), (letter) => letter.toLowerCase()).join('')
}

function contains(value: unknown, wanted: string): boolean {
  return typeof value === 'string' && insensitive(value).includes(wanted)
}

/** Null first, numbers by value, texts by code point. */
function compare(one: unknown, other: unknown): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? -1 : 1
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return one === other ? 0 : Buffer.compare(bytesOf(one as string), bytesOf(other as string))
}

const known = new Map<string, Buffer>()

function bytesOf(text: string): Buffer {
  const bytes = known.get(text) ?? Buffer.from(text)
  known.set(text, bytes)
  return bytes
}
