import { FILTER_KINDS, KNOWN_VALUES } from '@hood-exports/client'
import type { ExportField, ExportItem } from '@hood-exports/client'
import { refuse } from './given.ts'
import type { Given } from './given.ts'
import { parseSize } from './size.ts'
import { TIME_FORMS, parsePeriod } from './time.ts'
import type { Period } from './time.ts'

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~'

export type Value = string | number

/** One bound, or one on each side. */
export interface Bounds {
  readonly gt?: Value
  readonly gte?: Value
  readonly lt?: Value
  readonly lte?: Value
}

/** What the API can be asked for of a condition: everything that meets it, and perhaps more. */
export type Claim =
  | { readonly kind: 'one-of'; readonly values: readonly Value[] }
  | { readonly kind: 'none-of'; readonly values: readonly Value[] }
  | { readonly kind: 'between'; readonly bounds: Bounds }
  | { readonly kind: 'present' }

/** A comparison with a value. */
export interface Comparison {
  /** Whether the value of a member meets it. */
  readonly holds: (value: unknown) => boolean
  /** What the API can be asked for; undefined when only the check here knows. */
  readonly claim: Claim | undefined
}

interface Compared {
  readonly field: ExportField
  readonly operator: Operator
  readonly wanted: string
}

type NullableField = { [Field in ExportField]: null extends ExportItem[Field] ? Field : never }[ExportField]

/**
 * Where `!=` can be asked of the API. Whether null is unequal to a value there is not documented, so members that may
 * be null are left out; so are names, because whether letter case counts is not documented either.
 */
const COMPARED_BY_NOT: readonly Exclude<ExportField, NullableField>[] = [
  'id',
  'company_id',
  'resource',
  'status',
  'attempt_count',
  'download_count',
  'create_time',
  'update_time',
]

/** Not every server takes a longer URL. */
const MOST_VALUES = 100

/**
 * How a value stands to the wanted one. A claim is never less than `holds`, whatever the facts of the API leave open.
 * @throws UsageError for a value that the member cannot have.
 */
export function compare(given: Given, compared: Compared): Comparison {
  const { operator, wanted } = compared
  if (operator === '~' || operator === '!~') {
    if (wanted === '' && operator === '!~') throw refuse(given, 'leaves out everything: give a text after !~')
    // An accent may be a letter of its own, as in names from a Mac.
    const fold = (text: string): string => text.normalize('NFC').toLowerCase()
    const needle = fold(wanted)
    return { holds: (value) => fold(textOf(value)).includes(needle) === (operator === '~'), claim: undefined }
  }
  if (wanted === '') return compareWithNothing(given, operator)
  return operator === '=' || operator === '!='
    ? compareEqual(given, { ...compared, operator })
    : compareOrder(given, { ...compared, operator })
}

/** Null, missing and empty are one here; on the wire they are two, so only their opposite can be asked for. */
function compareWithNothing(given: Given, operator: Operator): Comparison {
  if (operator === '=') return { holds: (value) => textOf(value) === '', claim: undefined }
  if (operator === '!=') return { holds: (value) => textOf(value) !== '', claim: { kind: 'present' } }
  throw refuse(given, `compares with nothing: give a value after ${operator}`)
}

/** What a member is to be equal to, and how that is asked for. */
interface Equality {
  readonly isEqual: (value: unknown) => boolean
  readonly claim: Claim | undefined
}

function compareEqual(given: Given, { field, operator, wanted }: Compared & { operator: '=' | '!=' }): Comparison {
  const { isEqual, claim } = equalityOf(given, field, wanted)
  if (operator === '=') return { holds: (value) => !isNothing(value) && isEqual(value), claim }
  const canBeAsked = claim?.kind === 'one-of' && (COMPARED_BY_NOT as readonly ExportField[]).includes(field)
  return {
    holds: (value) => isNothing(value) || !isEqual(value),
    claim: canBeAsked ? { kind: 'none-of', values: claim.values } : undefined,
  }
}

function equalityOf(given: Given, field: ExportField, wanted: string): Equality {
  const kind = FILTER_KINDS[field]
  switch (kind) {
    case 'number': {
      const number = numberOf(given, field, wanted)
      const claim = Number.isSafeInteger(number) ? ({ kind: 'one-of', values: [number] } as const) : undefined
      return { isEqual: (value) => Number(value) === number, claim }
    }
    case 'time': {
      const { kind: form, text, first, last } = timeOf(given, wanted)
      if (form === 'ago') throw refuse(given, `is one single second: compare with >= or < instead`)
      return {
        isEqual: (value) => textOf(value).startsWith(text),
        claim:
          first === last ? { kind: 'one-of', values: [text] } : { kind: 'between', bounds: { gte: first, lte: last } },
      }
    }
    case 'id':
    case 'text': {
      // A comma is part of a name, and stands between the words of a vocabulary.
      const isList = kind === 'id' || field in KNOWN_VALUES
      const values = isList ? wanted.split(',').map((value) => value.trim()) : formsOf(wanted)
      if (values.includes('')) throw refuse(given, 'has a value that is empty: write the values between commas')
      if (kind === 'id') values.forEach((value) => checkId(given, value))
      const canBeAsked =
        values.length <= MOST_VALUES && (values.length === 1 || !values.some((value) => value.includes(',')))
      const claim = canBeAsked ? ({ kind: 'one-of', values } as const) : undefined
      return { isEqual: (value) => values.includes(textOf(value)), claim }
    }
    default:
      return kind satisfies never
  }
}

/** A text in each form that its accents may have: one letter, or two as in names from a Mac. */
function formsOf(text: string): readonly string[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])]
}

type Order = '<' | '<=' | '>' | '>='

/** Where numbers and times begin and end is asked for; the API compares no texts. */
function compareOrder(given: Given, { field, operator, wanted }: Compared & { operator: Order }): Comparison {
  const kind = FILTER_KINDS[field]
  switch (kind) {
    case 'number': {
      const number = numberOf(given, field, wanted)
      // What has no fraction lies beyond one exactly when it lies beyond the whole number next to it.
      const whole = operator === '>' || operator === '<=' ? Math.floor(number) : Math.ceil(number)
      const claim = Number.isSafeInteger(whole) ? between(operator, whole) : undefined
      return { holds: inOrder(operator, (value) => Number(value) - number), claim }
    }
    case 'time': {
      const { text, first, last } = timeOf(given, wanted)
      const claim = between(operator, operator === '>' || operator === '<=' ? last : first)
      return { holds: inOrder(operator, (value) => sign(textOf(value).slice(0, text.length), text)), claim }
    }
    case 'id': {
      checkId(given, wanted)
      const id = BigInt(wanted)
      const orderOf = (value: unknown): number =>
        /^\d+$/.test(textOf(value)) ? sign(BigInt(textOf(value)), id) : Number.NaN
      return { holds: inOrder(operator, orderOf), claim: undefined }
    }
    case 'text':
      return { holds: inOrder(operator, (value) => sign(textOf(value), wanted)), claim: undefined }
    default:
      return kind satisfies never
  }
}

function between(operator: Order, value: string | number): Claim {
  const name = ({ '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' } as const)[operator]
  return { kind: 'between', bounds: { [name]: value } }
}

/** @param orderOf below 0, 0, above 0, or NaN for what cannot be compared. */
function inOrder(operator: Order, orderOf: (value: unknown) => number): Comparison['holds'] {
  return (value) => {
    if (isNothing(value)) return false
    const order = orderOf(value)
    switch (operator) {
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

function numberOf(given: Given, field: ExportField, wanted: string): number {
  const number = field === 'size' ? parseSize(wanted) : /^\d+$/.test(wanted) ? Number(wanted) : undefined
  if (number !== undefined) return number
  const forms = field === 'size' ? ' or size: 500, 10MB, 1.5GiB' : ''
  throw refuse(given, `compares with "${wanted}", which is no number${forms}`)
}

function timeOf(given: Given, wanted: string): Period {
  const period = parsePeriod(wanted, given.nowMs)
  if (period === undefined) throw refuse(given, `compares with "${wanted}", which is no time: ${TIME_FORMS}`)
  return period
}

function checkId(given: Given, wanted: string): void {
  if (!/^\d+$/.test(wanted)) throw refuse(given, `compares with "${wanted}", which is no string of digits`)
}

function sign<Value extends string | bigint>(a: Value, b: Value): number {
  return a < b ? -1 : Number(a > b)
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
