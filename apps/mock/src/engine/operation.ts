import type { PrismHttpInstance } from '@stoplight/prism-http'
import { pathPattern } from '@hood-exports/provider'

export type Operation = Parameters<PrismHttpInstance['request']>[1][number]

/** The operations of a document, found as Prism finds them: a concrete path before a template. */
export interface Operations {
  readonly all: readonly Operation[]
  /** Header names, in lower case, that an answer can depend on. */
  readonly headerNames: ReadonlySet<string>
  find(method: string, path: string): Operation | undefined
  /** The methods of a path, in upper case. */
  methodsOf(path: string): string[]
}

export function createOperations(all: readonly Operation[]): Operations {
  const routes = all
    .map((operation) => ({
      operation,
      pattern: pathPattern(operation.path, TEMPLATED),
      isTemplate: operation.path.includes('{'),
    }))
    .toSorted((one, other) => Number(one.isTemplate) - Number(other.isTemplate))
  const matching = (path: string): Operation[] =>
    routes.filter(({ pattern }) => pattern.test(path)).map(({ operation }) => operation)
  return {
    all,
    headerNames: new Set(all.flatMap(headerNamesOf)),
    find: (method, path) => matching(path).find((operation) => operation.method === method.toLowerCase()),
    methodsOf: (path) => [...new Set(matching(path).map(({ method }) => method.toUpperCase()))],
  }
}

/** The query parameters that an operation takes. */
export function queryNames(operation: Operation | undefined): string[] {
  return (operation?.request?.query ?? []).map(({ name }) => name)
}

const TEMPLATED = { wildcard: /\{[^}]+\}/, matches: '[^/]+' }

function headerNamesOf({ request, security = [] }: Operation): string[] {
  const parameters = (request?.headers ?? []).map(({ name }) => name)
  const keys = security.flat().flatMap((scheme) => ('in' in scheme && scheme.in === 'header' ? [scheme.name] : []))
  const hasCookies =
    (request?.cookie ?? []).length > 0 || security.flat().some((scheme) => 'in' in scheme && scheme.in === 'cookie')
  return ['authorization', ...parameters, ...keys, ...(hasCookies ? ['cookie'] : [])].map((name) => name.toLowerCase())
}
