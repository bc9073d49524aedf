import { BadRequest } from '@hood-exports/provider'
import { FILTER_KINDS, OPERATOR_VALUES } from '@hood-exports/openapi'
import { operatorUse } from '../choices.ts'
import type { Choices, Member, Operator } from '../choices.ts'
import { parseFilterValue } from './filter-value.ts'
import type { FilterValue } from './filter-value.ts'

/** A condition on one member: `member=operator:values`. */
export interface Filter {
  readonly member: Member
  readonly operator: Operator
  /** As many as the operator takes. */
  readonly values: readonly FilterValue[]
}

/** The members that a list is filtered by; each is a parameter of that name. */
export const FILTERABLE_MEMBERS = Object.keys(FILTER_KINDS) as Member[]

const OPERATORS = Object.keys(OPERATOR_VALUES) as Operator[]

/** A name of the search that an account may use for the filter, too. */
export const FAILED_REASON = 'failed_reason'

/** @throws BadRequest with the value, the rule and the way out. */
export function parseFilters(
  given: Partial<Record<Member | typeof FAILED_REASON, string>>,
  choices: Choices,
): Filter[] {
  const name = choices['filter.failure-reason']
  if (name === 'failed_reason' && given.failure_reason !== undefined) {
    throw new BadRequest('"failure_reason" is no filter: send "failed_reason"')
  }
  const reason = name === 'failure_reason' ? given.failure_reason : (given.failure_reason ?? given.failed_reason)
  return FILTERABLE_MEMBERS.flatMap((member) => {
    const text = member === 'failure_reason' ? reason : given[member]
    return text === undefined ? [] : parseFilter(member, text, choices)
  })
}

function parseFilter(member: Member, text: string, choices: Choices): Filter[] {
  const { name, rest } = splitOperator(text)
  const operator = parseOperator(member, name, choices)
  if (operatorUse(choices, member, operator) === 'ignored') return []
  const texts = splitValues(member, operator, rest)
  return [{ member, operator, values: texts.map((value) => parseFilterValue(member, value, choices)) }]
}

/** Lower-case letters and a colon are an operator; without them the whole text is a value, and the operator is `eq`. */
function splitOperator(text: string): { name: string; rest: string } {
  const colon = text.indexOf(':')
  const name = text.slice(0, colon)
  if (colon === -1 || /[^a-z]/.test(name)) return { name: 'eq', rest: text }
  return { name, rest: text.slice(colon + 1) }
}

function parseOperator(member: Member, name: string, choices: Choices): Operator {
  const known = OPERATORS.filter((one) => operatorUse(choices, member, one) !== 'refused')
  const operator = known.find((one) => one === name)
  if (operator !== undefined) return operator
  const wayOut = FILTER_KINDS[member] === 'text' ? '; a value that looks like one needs "eq:" in front' : ''
  throw new BadRequest(`"${member}" does not take the operator "${name}": it takes ${known.join(', ')}${wayOut}`)
}

/** No comma can be escaped: each one separates two values. */
function splitValues(member: Member, operator: Operator, text: string): string[] {
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
