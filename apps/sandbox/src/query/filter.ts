import { BadRequest } from '@hood-exports/provider'
import { FILTER_KINDS, FILTER_OPERATORS, OPERATOR_VALUES } from '@hood-exports/openapi'
import type { Member } from '../choices.ts'
import { parseFilterValue } from './filter-value.ts'
import type { FilterValue } from './filter-value.ts'

export type FilterOperator = keyof typeof OPERATOR_VALUES

/** A condition on one member: `member=operator:values`. */
export interface Filter {
  readonly member: Member
  readonly operator: FilterOperator
  /** As many as the operator takes. */
  readonly values: readonly FilterValue[]
}

/** The members that a list is filtered by; each is a parameter of that name. */
export const FILTERABLE_MEMBERS = Object.keys(FILTER_KINDS) as Member[]

/** @throws BadRequest with the value, the rule and the way out. */
export function parseFilters(given: Partial<Record<Member, string>>): Filter[] {
  return FILTERABLE_MEMBERS.flatMap((member) => {
    const text = given[member]
    return text === undefined ? [] : [parseFilter(member, text)]
  })
}

function parseFilter(member: Member, text: string): Filter {
  const { name, rest } = splitOperator(text)
  const operator = parseOperator(member, name)
  const texts = splitValues(member, operator, rest)
  return { member, operator, values: texts.map((value) => parseFilterValue(member, value)) }
}

/** Lower-case letters and a colon are an operator; without them the whole text is a value, and the operator is `eq`. */
function splitOperator(text: string): { name: string; rest: string } {
  const colon = text.indexOf(':')
  const name = text.slice(0, colon)
  if (colon === -1 || /[^a-z]/.test(name)) return { name: 'eq', rest: text }
  return { name, rest: text.slice(colon + 1) }
}

function parseOperator(member: Member, name: string): FilterOperator {
  const kind = FILTER_KINDS[member]
  const known: readonly FilterOperator[] = FILTER_OPERATORS[kind]
  const operator = known.find((one) => one === name)
  if (operator !== undefined) return operator
  const wayOut = kind === 'text' ? '; a value that looks like one needs "eq:" in front' : ''
  throw new BadRequest(`"${member}" does not take the operator "${name}": it takes ${known.join(', ')}${wayOut}`)
}

/** No comma can be escaped: each one separates two values. */
function splitValues(member: Member, operator: FilterOperator, text: string): string[] {
  const refuse = (rule: string): never => {
    throw new BadRequest(`"${member}" does not take "${operator}:${text}": ${rule}`)
  }
  const values = OPERATOR_VALUES[operator]
  if (values === 'none') return text === '' ? [] : refuse(`nothing stands after "${operator}:"`)
  if (values === 'one') return [text]
  const parts = text.split(',')
  if (values === 'two' && parts.length !== 2) return refuse('a range has two values with a comma in between')
  if (parts.includes('')) return refuse('a value is missing; values are separated by single commas')
  return parts
}
