import { FILTER_KINDS, SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { envelopeFrom, operationOf, pageOf, parameter, parameters, replaced, withParameters } from './changes.ts'
import type { Item } from './changes.ts'
import type { Change } from './provider.ts'

/** A filter as a request has it. */
export interface Given {
  readonly member: keyof typeof FILTER_KINDS
  readonly operator: string
  /** Whether the request names no operator. */
  readonly isAlone: boolean
  /** What stands after the operator. */
  readonly text: string
  readonly values: readonly string[]
}

const MEMBERS = Object.keys(FILTER_KINDS) as Given['member'][]
const OPERATOR = /^([a-z]+):(.*)$/su

export function filtersOf(request: Request): Given[] {
  return MEMBERS.flatMap((member) => {
    const value = parameter(request, member)
    if (value === undefined || operationOf(request) !== 'list') return []
    const [, operator = 'eq', text = value] = OPERATOR.exec(value) ?? []
    return [
      {
        member,
        operator,
        isAlone: text === value,
        text,
        values: ['in', 'nin'].includes(operator) || operator.startsWith('r') ? text.split(',') : [text],
      },
    ]
  })
}

/** Compares a value of an item with a text of a filter: negative, 0 or positive. */
export function order(value: unknown, text: string, member: Given['member']): number {
  if (FILTER_KINDS[member] === 'number') return Number(value) - Number(text)
  const one = String(value)
  return one < text ? -1 : one > text ? 1 : 0
}

export type Compare = typeof order

/** Whether an item meets a filter, as the sandbox reads it. */
export function holds(item: Item, { member, operator, values }: Given, compare: Compare = order): boolean {
  const value = item[member] ?? null
  if (operator === 'is' || operator === 'isn') return (value === null) === (operator === 'isn')
  if (value === null) return operator === 'neq' || operator === 'nin'
  const [first = 0, last = 0] = [values[0], values.at(-1)].map((text) => compare(value, text ?? '', member))
  const isOne = values.some((text) => compare(value, text, member) === 0)
  switch (operator) {
    case 'neq':
    case 'nin':
      return !isOne
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
      return isOne
  }
}

/** Decides by another rule which items of a filtered list are found. */
export function finding(isFound: (item: Item, filters: readonly Given[], request: Request) => boolean): Change {
  return choosing((items, filters, request) => items.filter((item) => isFound(item, filters, request)))
}

/** Reads one filter at a time by another rule. Undefined: as it should be. */
export function reading(read: (item: Item, filter: Given) => boolean | undefined): Change {
  return finding((item, filters) => filters.every((filter) => read(item, filter) ?? holds(item, filter)))
}

/** Changes a filter before it is read. Undefined: it is ignored. */
export function rewriting(rewrite: (filter: Given) => Given | undefined): Change {
  return reading((item, filter) => {
    const other = rewrite(filter)
    return other === undefined ? true : holds(item, other)
  })
}

/** Chooses the items of a filtered list from all of the account, which have the order that the request asks for. */
export function choosing(
  choose: (items: readonly Item[], filters: readonly Given[], request: Request) => readonly Item[],
): Change {
  return (provider, { correct }) =>
    async (request) => {
      const response = await provider(request)
      const filters = filtersOf(request)
      if (response.status !== 200 || filters.length === 0) return response
      const everything = { ...parameters(MEMBERS, undefined), page: '1,1000', fields: undefined, view: 'full' }
      const { items } = await envelopeFrom(correct, withParameters(request, everything))
      const chosen = choose(items, filters, request)
      const [number, size = 10] = pageOf(request)
      const fields = parameter(request, 'fields')?.split(',') ?? SELECTABLE_FIELDS
      const page = chosen
        .slice((number - 1) * size, number * size)
        .map((item) => Object.fromEntries(fields.map((field) => [field, item[field]])))
      return replaced(response, { body: JSON.stringify({ total: chosen.length, items: page }) })
    }
}
