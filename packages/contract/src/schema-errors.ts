import { document } from '@hood-exports/openapi/document'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'

/** What differs from a schema at one place of a value. */
export interface SchemaError {
  /** JSON pointer to the place in the value. */
  readonly path: string
  /** A sentence: the place, what is there, and what belongs there. */
  readonly message: string
}

const SPEC_ID = 'https://spec.example/openapi.json'
const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true })
ajv.addSchema({ $id: SPEC_ID, ...document })

const validators = new Map<string, ValidateFunction>()

/**
 * Compares a value with a schema of the spec: one error for each place.
 *
 * @param pointer JSON pointer to the schema
 * @param name what the value is called in the messages, such as `the body`
 */
export function schemaErrors(pointer: string, value: unknown, name: string): SchemaError[] {
  let validate = validators.get(pointer)
  if (!validate) {
    validate = ajv.compile({ $ref: `${SPEC_ID}#${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
    validators.set(pointer, validate)
  }
  validate(value)
  const byPlace = Map.groupBy(validate.errors ?? [], ({ instancePath }) => instancePath)
  return [...byPlace].map(([path, errors]) => ({
    path,
    message: `${path === '' ? name : placeName(path, value)} ${difference(errors)}`,
  }))
}

/** `item "1000239"`, or `items[3]` where it has no id. */
export function itemName(id: unknown, index: number): string {
  return typeof id === 'string' || typeof id === 'number' ? `item ${JSON.stringify(id)}` : `items[${index}]`
}

/** `name of item "1000239"`, or `total`. */
function placeName(path: string, value: unknown): string {
  const [, index, member] = /^\/items\/(\d+)(?:\/(.+))?$/.exec(path) ?? []
  if (index === undefined) return path.slice(1).replaceAll('/', '.')
  const { items } = value as { items: readonly ({ id?: unknown } | null)[] }
  const item = itemName(items[Number(index)]?.id, Number(index))
  return member === undefined ? item : `${member} of ${item}`
}

const LONGEST_VALUE = 120

function difference(errors: readonly ErrorObject[]): string {
  const text = JSON.stringify(errors[0]?.data) ?? 'nothing'
  const found = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
  const missing = errors.flatMap(({ keyword, params }) =>
    keyword === 'required' ? [String(params['missingProperty'])] : [],
  )
  if (missing.length > 0) return `has no ${quoted(missing).join(' and no ')}: ${found}`
  // That no choice fits says less than why each of them does not.
  const reasons = errors.filter(({ keyword }) => errors.length === 1 || !['anyOf', 'oneOf'].includes(keyword))
  return `is ${found}, not ${[...new Set(reasons.map(wanted))].join(' or ')}`
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  array: 'an array',
}

/** What a schema asks for, as far as one of its keywords does. */
function wanted({ keyword, params, parentSchema, message = '' }: ErrorObject): string {
  const { pattern, examples: [example] = [] } = (parentSchema ?? {}) as { pattern?: string; examples?: unknown[] }
  const text = example === undefined ? `a string that matches ${pattern}` : `a string like ${JSON.stringify(example)}`
  switch (keyword) {
    case 'pattern':
      return text
    case 'type': {
      const types = [params['type'] as string | string[]].flat()
      return types.map((type) => (type === 'string' && pattern ? text : (TYPES[type] ?? type))).join(' or ')
    }
    case 'const':
      return JSON.stringify(params['allowedValue'])
    case 'enum':
      return (params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(' or ')
    case 'minimum':
      return `${params['limit']} or more`
    case 'maximum':
      return `${params['limit']} or less`
    case 'minItems':
      return `an array of ${params['limit']} or more`
    case 'maxItems':
      return `an array of ${params['limit']} or fewer`
    default:
      return `valid (${keyword}: ${message})`
  }
}

function quoted(names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => JSON.stringify(name))
}
