import { METHODS, PATHS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'

/** An operation of the spec. */
export type Operation = keyof typeof PATHS

/** The path template of an operation, such as `/v1/hood/exports/{id}`. */
export type PathTemplate = string

/** A complete answer. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** A way in which an answer differs from the spec. */
export interface Deviation {
  /** JSON pointer to the part of the spec that it breaks. */
  readonly pointer: string
  /** What of the answer differs. */
  readonly part: 'status' | 'header' | 'media-type' | 'body'
  /** JSON pointer into the body, where it is a place in it that differs. */
  readonly path?: string
  /** A sentence: what was promised, what came. */
  readonly message: string
}

interface ResponseObject {
  readonly headers?: Readonly<Record<string, { readonly $ref?: string }>>
  readonly content: Readonly<Record<string, { readonly schema: object }>>
}

const SPEC_ID = 'https://spec.example/openapi.json'
const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true })
ajv.addSchema({ $id: SPEC_ID, ...document })

/**
 * Compares an answer with the spec: its status, its headers, its media type and its body.
 *
 * @param requested an operation by its name, such as `retry`, or by its path template; no path of the spec
 *   has more than one method
 */
export function conform(requested: Operation | (PathTemplate & {}), { status, headers, body }: Answer): Deviation[] {
  const operation = operationOf(requested)
  const responses = `/paths/${escape(operation ? PATHS[operation] : requested)}/${method(operation)}/responses`
  const found = resolve(`${responses}/${status}`)
  if (!found) return [{ pointer: responses, part: 'status', message: `status ${status} is not documented` }]
  return [...headerDeviations(found, headers, status), ...bodyDeviations(found, headers, body)]
}

function operationOf(requested: string): Operation | undefined {
  const operations = Object.keys(PATHS) as Operation[]
  return operations.find((operation) => operation === requested || PATHS[operation] === requested)
}

function method(operation: Operation | undefined): string {
  return operation === undefined ? 'get' : METHODS[operation].toLowerCase()
}

function headerDeviations({ pointer, value }: Found, headers: Headers, status: number): Deviation[] {
  const part = 'header'
  const declared = Object.keys(value.headers ?? {})
  const missing = declared.flatMap((name): Deviation[] => {
    const header = resolve<{ required?: boolean }>(`${pointer}/headers/${name}`)
    const text = headers.get(name)
    if (!header) return []
    if (text === null) {
      return header.value.required ? [{ pointer: header.pointer, part, message: `the header ${name} is missing` }] : []
    }
    // Every header of the API is a whole number.
    const number = /^-?\d+$/.test(text) ? Number(text) : text
    return errorsOf(`${header.pointer}/schema`, number).map(({ error }) => ({
      pointer: header.pointer,
      part,
      message: `the header ${name} ${error}`,
    }))
  })
  const forbidden =
    status === 429
      ? ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'].filter((name) => headers.has(name))
      : []
  return [
    ...missing,
    ...forbidden.map((name): Deviation => ({ pointer, part, message: `a 429 carries ${name}: it must not` })),
  ]
}

function bodyDeviations({ pointer, value }: Found, headers: Headers, body: string): Deviation[] {
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const declared = Object.keys(value.content)
  const type = declared.find((name) => name === mediaType) ?? declared.find((name) => name === '*/*')
  if (!type) {
    const message = `the media type is "${mediaType}", not ${declared.join(' or ')}`
    return [{ pointer: `${pointer}/content`, part: 'media-type', message }]
  }
  if (type !== 'application/json') return []
  const schema = `${pointer}/content/${escape(type)}/schema`
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    const message = `the body is not JSON: ${JSON.stringify(body.slice(0, 80))}`
    return [{ pointer: schema, part: 'body', message }]
  }
  return errorsOf(schema, json).map(({ path, error }) => ({
    pointer: schema,
    part: 'body',
    path,
    message: `the body${path} ${error}`,
  }))
}

interface Found<Value = ResponseObject> {
  readonly pointer: string
  readonly value: Value
}

/** What stands at a pointer, references followed. */
function resolve<Value = ResponseObject>(pointer: string): Found<Value> | undefined {
  let node: unknown = document
  for (const part of pointer.split('/').slice(1)) {
    node = (node as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  const reference = (node as { $ref?: string } | undefined)?.$ref
  if (reference) return resolve(reference.slice(1))
  return node === undefined ? undefined : { pointer, value: node as Value }
}

const validators = new Map<string, ValidateFunction>()

interface SchemaError {
  /** JSON pointer to the place in the value. */
  readonly path: string
  /** What must be there, and what is. */
  readonly error: string
}

const LONGEST_VALUE = 80

/** One error for each place, with what is there. */
function errorsOf(pointer: string, value: unknown): SchemaError[] {
  let validate = validators.get(pointer)
  if (!validate) {
    validate = ajv.compile({ $ref: `${SPEC_ID}#${pointer.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
    validators.set(pointer, validate)
  }
  validate(value)
  const byPlace = Map.groupBy(validate.errors ?? [], ({ instancePath }) => instancePath)
  return [...byPlace].map(([path, errors]) => {
    // That no choice fits says less than why each of them does not.
    const reasons = errors.filter(({ keyword }) => errors.length === 1 || !['anyOf', 'oneOf'].includes(keyword))
    const found = JSON.stringify(errors[0]?.data) ?? 'nothing'
    const short = found.length > LONGEST_VALUE ? `${found.slice(0, LONGEST_VALUE)}…` : found
    const musts = [...new Set(reasons.map(({ message = '' }) => message))]
    return { path, error: `${musts.join(', or ')}, and is ${short}` }
  })
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
