import type { Operation } from './operation.ts'
import type { EngineRequest } from './request.ts'
import { filterReason, filterRule } from './filter-reason.ts'

/** What Prism says of one thing that is wrong with a request. */
export interface Validation {
  readonly message: string
  readonly code?: string | number
  /** Such as `['query', 'page', '0']`. */
  readonly path?: readonly (string | number)[]
}

/** What is wrong with a request, in sentences: Prism's own, and better ones where it does not say enough. */
export function reasonsOf(
  validations: readonly Validation[],
  request: EngineRequest,
  operation: Operation | undefined,
): string[] {
  return [...new Set(validations.flatMap((validation) => reasonOf(validation, request, operation)))]
}

function reasonOf(validation: Validation, request: EngineRequest, operation: Operation | undefined): string | string[] {
  const { code, path: [place, name] = [] } = validation
  if (place === 'query' && typeof name === 'string') return queryReason(validation, name, request, operation)
  const isOfBody = place === 'body' || (place === undefined && code === 'required')
  if (isOfBody && request.body?.kind === 'broken') return 'Request body is not JSON, although its media type says so'
  if (isOfBody && request.body?.kind === 'unread') return []
  if (isOfBody && request.headers['content-type'] === '')
    return 'Request has a body, and no Content-Type that says what it is'
  if (code === UNSUPPORTED)
    return `Request has the media type "${request.headers['content-type']}"; ${sentence(validation)}`
  return sentence(validation)
}

const UNSUPPORTED = 415

/** Prism names parameters in lower case. */
function queryReason(
  validation: Validation,
  lowerCase: string,
  { search }: EngineRequest,
  operation: Operation | undefined,
): string {
  const parameter = operation?.request?.query?.find(({ name }) => name.toLowerCase() === lowerCase)
  const values = [...new URLSearchParams(search)].flatMap(([name, value]) =>
    name.toLowerCase() === lowerCase ? [value] : [],
  )
  const [value = ''] = values
  if (parameter === undefined) return sentence(validation)
  if (values.length > 1) return givenSeveralTimes(parameter.name, values.length)
  const rule = filterRule(parameter)
  return rule === undefined ? sentence(validation) : filterReason(parameter.name, value, rule)
}

export function givenSeveralTimes(name: string, times: number): string {
  return `Request query parameter ${name} is given ${times} times: give it once`
}

const PRISMS_UNAUTHORIZED = 'Invalid security scheme used'

export function sentence({ message }: Validation): string {
  if (message !== PRISMS_UNAUTHORIZED) return message.trim()
  return 'Request has no credential that the document asks for, such as "Authorization: Bearer any"'
}
