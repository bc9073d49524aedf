export type ModelItem = Readonly<Record<string, unknown>>

export interface ModelQuery {
  readonly fields?: readonly string[]
  /** Sort keys as on the wire. */
  readonly sort?: readonly string[]
  readonly page?: readonly [number: number, size: number]
  readonly q?: string
  /** As on the wire: `failed_reason`. */
  readonly qFields?: readonly string[]
}

/** What a list has to answer, in plain JavaScript over an array: the semantics without SQL, indexes and caches. */
export function modelList(items: readonly ModelItem[], query: ModelQuery): { total: number; items: ModelItem[] } {
  const { fields, sort = [], page: [number, size] = [1, 50], q = '', qFields = ['name'] } = query
  const wanted = insensitive(q)
  const members = qFields.map((name) => (name === 'failed_reason' ? 'failure_reason' : name))
  const found = items.filter((item) => q === '' || members.some((name) => contains(item[name], wanted)))
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

export function toSearch({ fields, sort, page, q, qFields }: ModelQuery): string {
  const parts = Object.entries({ fields, sort, page, q, q_fields: qFields }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(typeof value === 'string' ? value : value.join())}`],
  )
  return `?${parts.join('&')}`
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
  return Buffer.compare(Buffer.from(one as string), Buffer.from(other as string))
}
