import { METHODS, PATHS } from '@hood-exports/openapi'
import { document } from '@hood-exports/openapi/document'
import { schemaErrors } from './schema-errors.ts'

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

/** What a 429 must not say. */
const QUOTA_HEADERS = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset']

function headerDeviations({ pointer, value }: Found, headers: Headers, status: number): Deviation[] {
  const part = 'header'
  const declared = Object.keys(value.headers ?? {}).flatMap((name) => {
    const header = resolve<{ required?: boolean }>(`${pointer}/headers/${name}`)
    return header === undefined ? [] : [{ name, header }]
  })
  const missing = declared.filter(({ name, header }) => header.value.required && !headers.has(name))
  const names = new Intl.ListFormat('en-GB').format(missing.map(({ name }) => name))
  const lack = missing.length === 1 ? `the header ${names} is missing` : `the headers ${names} are missing`
  const wrong = declared.flatMap(({ name, header }): Deviation[] => {
    const text = headers.get(name)
    if (text === null) return []
    // Every header of the API is a whole number.
    const number = /^-?\d+$/.test(text) ? Number(text) : text
    const errors = schemaErrors(`${header.pointer}/schema`, number, `the header ${name}`)
    return errors.map(({ message }) => ({ pointer: header.pointer, part, message }))
  })
  const forbidden = status === 429 ? QUOTA_HEADERS.filter((name) => headers.has(name)) : []
  return [
    ...missing.slice(0, 1).map(({ header }): Deviation => ({ pointer: header.pointer, part, message: lack })),
    ...wrong,
    ...forbidden.map((name): Deviation => ({ pointer, part, message: `a 429 carries ${name}: it must not` })),
  ]
}

function bodyDeviations({ pointer, value }: Found, headers: Headers, body: string): Deviation[] {
  const mediaType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const declared = Object.keys(value.content)
  const type = declared.find((name) => name === mediaType) ?? declared.find((name) => name === '*/*')
  if (!type) {
    const wanted = declared.join(' or ')
    const message =
      mediaType === '' ? `the Content-Type is missing: ${wanted}` : `the Content-Type is ${mediaType}, not ${wanted}`
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
  return schemaErrors(schema, json, 'the body').map((error) => ({ pointer: schema, part: 'body', ...error }))
}

interface Found<Value = ResponseObject> {
  readonly pointer: string
  readonly value: Value
}

/** What stands at a pointer into the spec, references followed; undefined: nothing. */
export function resolve<Value = ResponseObject>(pointer: string): Found<Value> | undefined {
  let node: unknown = document
  for (const part of pointer.split('/').slice(1)) {
    node = (node as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  const reference = (node as { $ref?: string } | undefined)?.$ref
  if (reference) return resolve(reference.slice(1))
  return node === undefined ? undefined : { pointer, value: node as Value }
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
