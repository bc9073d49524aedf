import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { ExportField } from '@hood-exports/client'
import { CommandError } from './command-error.ts'
import { nearest } from './nearest.ts'

/** Conditions on an export, checked here: the API documents no filter by value. */
export interface Where {
  /** Members that the conditions look at: an item must have been asked for them. */
  readonly fields: readonly ExportField[]
  /** Whether all conditions hold. */
  matches(item: Readonly<Partial<Record<ExportField, unknown>>>): boolean
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~'

const OPERATORS: readonly Operator[] = ['!=', '<=', '>=', '=', '<', '>', '~']

const NUMBERS: readonly ExportField[] = ['size', 'attempt_count', 'download_count']
const IDS: readonly ExportField[] = ['id', 'company_id', 'creator_id']
const TIMES: readonly ExportField[] = ['expire_time', 'create_time', 'update_time']

/** Powers of 1,000 after a size; `KiB` and the like are powers of 1,024. */
const SIZE = /^(\d+(?:\.\d+)?) *(?:([kmgt])(i)?)?b?$/i
const EXPONENTS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 }

/**
 * Parses conditions such as `status=ready`, `size>10MB`, `name~vip` or `create_time>=2026-01-31`; all must hold.
 * Texts are compared letter by letter, `~` without case; sizes take units; a time may leave out its end.
 * A member that is null or missing equals the empty text alone, and is neither smaller nor greater than anything.
 *
 * @param flag that they were given with
 * @throws CommandError `usage` that names the flag, the condition and the way out.
 */
export function parseWhere(conditions: readonly string[], flag: ConditionFlag = '--where'): Where {
  const parsed = conditions.map((text) => parseCondition({ text, flag }))
  return {
    fields: [...new Set(parsed.map(({ field }) => field))],
    matches: (item) => parsed.every(({ field, holds }) => holds(item[field])),
  }
}

export type ConditionFlag = '--where' | '--until' | '--unless'

/** A condition as it was given. */
interface Given {
  readonly text: string
  readonly flag: ConditionFlag
}

interface Condition {
  readonly field: ExportField
  readonly holds: (value: unknown) => boolean
}

function parseCondition(given: Given): Condition {
  const [, name = '', operator, wanted = ''] = /^\s*([a-z_]*)\s*(!=|<=|>=|[=<>~])\s*(.*?)\s*$/is.exec(given.text) ?? []
  if (operator === undefined || name === '') {
    throw refuse(given, `has no name or no operator: write a field, one of ${OPERATORS.join(' ')}, and a value`)
  }
  const field = SELECTABLE_FIELDS.find((known) => known === name)
  if (field === undefined) {
    const meant = nearest(name, SELECTABLE_FIELDS)
    const hint = meant === undefined ? `fields are ${SELECTABLE_FIELDS.join(', ')}` : `did you mean ${meant}?`
    throw refuse(given, `looks at "${name}", which is no field: ${hint}`)
  }
  return { field, holds: comparison(given, field, operator as Operator, wanted) }
}

function comparison(given: Given, field: ExportField, operator: Operator, wanted: string): Condition['holds'] {
  if (operator === '~') {
    const needle = wanted.toLowerCase()
    return (value) => textOf(value).toLowerCase().includes(needle)
  }
  if (wanted === '') {
    if (operator === '=') return (value) => textOf(value) === ''
    if (operator === '!=') return (value) => textOf(value) !== ''
    throw refuse(given, `compares with nothing: give a value after ${operator}`)
  }
  const orderOf = ordering(given, field, wanted)
  return (value) => {
    if (value === null || value === undefined || value === '') return operator === '!='
    const order = orderOf(value)
    switch (operator) {
      case '=':
        return order === 0
      case '!=':
        return order !== 0
      case '<':
        return order < 0
      case '<=':
        return order <= 0
      case '>':
        return order > 0
      case '>=':
        return order >= 0
      default:
        return operator satisfies never
    }
  }
}

/** How a value stands to the wanted one: below 0, 0, above 0, or NaN when they cannot be compared. */
function ordering(given: Given, field: ExportField, wanted: string): (value: unknown) => number {
  if (NUMBERS.includes(field)) {
    const number = field === 'size' ? sizeOf(wanted) : /^\d+$/.test(wanted) ? Number(wanted) : undefined
    if (number === undefined) {
      throw refuse(
        given,
        `compares with "${wanted}", which is no number${field === 'size' ? ' or size: 500, 10MB, 1.5GiB' : ''}`,
      )
    }
    return (value) => Number(value) - number
  }
  if (IDS.includes(field)) {
    if (!/^\d+$/.test(wanted)) throw refuse(given, `compares with "${wanted}", which is no string of digits`)
    const id = BigInt(wanted)
    return (value) => (/^\d+$/.test(textOf(value)) ? sign(BigInt(textOf(value)), id) : Number.NaN)
  }
  if (TIMES.includes(field)) {
    const time = timeOf(wanted)
    if (time === undefined) {
      throw refuse(
        given,
        `compares with "${wanted}", which is no time: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in GMT`,
      )
    }
    // As long as what was given: `create_time=2026-01-31` is that whole day.
    return (value) => sign(textOf(value).slice(0, time.length), time)
  }
  return (value) => sign(textOf(value), wanted)
}

function sign<Value extends string | bigint>(a: Value, b: Value): number {
  return a < b ? -1 : Number(a > b)
}

function sizeOf(text: string): number | undefined {
  const [, amount, unit, binary] = SIZE.exec(text) ?? []
  if (amount === undefined) return undefined
  return Number(amount) * (binary === undefined ? 1_000 : 1_024) ** (unit ? (EXPONENTS[unit.toLowerCase()] ?? 0) : 0)
}

function timeOf(text: string): string | undefined {
  const time = text.replace('T', ' ').replace(/Z$/, '')
  if (!/^\d{4}-\d{2}(?:-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?)?$/.test(time)) return undefined
  const whole = `${time}${'0000-01-01 00:00:00'.slice(time.length)}`
  const date = new Date(`${whole.replace(' ', 'T')}Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, time.length).replace('T', ' ') !== time
    ? undefined
    : time
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function refuse({ text, flag }: Given, rule: string): CommandError {
  return new CommandError('usage', `${flag} ${JSON.stringify(text)} ${rule}`)
}
