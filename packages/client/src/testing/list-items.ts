import { FILTER_KINDS, SEARCHABLE_MEMBERS } from '@hood-exports/openapi'
import type { ExportItem } from '../export-item.ts'

type Item = Partial<ExportItem>
type Value = string | number | null | undefined

/** The items that a query finds, in its order: value filters, `q` with `q_fields` (default `name`), `sort`. */
export function listItems(items: readonly Item[], query: URLSearchParams): Item[] {
  const filters = [...query].filter(([name]) => Object.hasOwn(FILTER_KINDS, name))
  const term = query.get('q') ?? ''
  const fields = query.get('q_fields')?.split(',') ?? ['name']
  const members = fields.map((field) => SEARCHABLE_MEMBERS[field as keyof typeof SEARCHABLE_MEMBERS])
  return items
    .filter((item) => filters.every(([name, text]) => meets(item[name as keyof Item], text, name as keyof Item)))
    .filter((item) => term === '' || members.some((member) => (item[member] ?? '').includes(term)))
    .toSorted(byKeys(query.get('sort')?.split(',') ?? []))
}

function byKeys(keys: readonly string[]): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const key of keys) {
      const member = key.replace('-', '') as keyof Item
      const order = compare(a[member] ?? '', b[member] ?? '')
      if (order !== 0) return key.startsWith('-') ? -order : order
    }
    return 0
  }
}

/** Whether a value meets a filter as the wire writes it. */
function meets(value: Value, text: string, member: keyof Item): boolean {
  const [, operator = 'eq', operand = text] = /^([a-z]+):(.*)$/s.exec(text) ?? []
  const kind = FILTER_KINDS[member]
  const wanted = (operator === 'eq' || operator === 'neq' ? [operand] : operand.split(',')).map(
    (part): string | number => {
      if (kind === 'number') return Number(part)
      return kind === 'time' && part.length === 'YYYY-MM-DD'.length ? `${part} 00:00:00` : part
    },
  )
  const isNull = value === null || value === undefined
  const [start, end] = wanted.map((limit) => (isNull ? Number.NaN : compare(value, limit)))
  const first = start ?? Number.NaN
  const last = end ?? Number.NaN
  switch (operator) {
    case 'is':
      return !isNull
    case 'isn':
      return isNull
    case 'eq':
    case 'in':
      return !isNull && wanted.includes(value)
    case 'neq':
    case 'nin':
      return isNull || !wanted.includes(value)
    case 'gt':
      return first > 0
    case 'gte':
      return first >= 0
    case 'lt':
      return first < 0
    case 'lte':
      return first <= 0
    case 'r':
      return first > 0 && last < 0
    case 'rf':
      return first >= 0 && last <= 0
    case 'rl':
      return first >= 0 && last < 0
    case 'rr':
      return first > 0 && last <= 0
    default:
      return false
  }
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : Number(a > b)
}
