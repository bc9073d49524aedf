import { METHODS, PATHS } from '@hood-exports/openapi'
import type { Operation } from '../conform.ts'
import { MAIN, authorizationInShell, describeCredential } from './credential.ts'
import type { Credential } from './credential.ts'
import { encoded } from './laws/filter/filter.ts'
import { toSearch } from './list-query.ts'
import type { ListQuery } from './list-query.ts'

/** One request that is to be sent. */
export interface TestRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly path: string
  /** Without `?`. */
  readonly search: string
  readonly credential: Credential
  /** What `search` means; undefined when it is wrong on purpose, or when there is none. */
  readonly query: ListQuery | undefined
  /** JSON, or what is none on purpose. */
  readonly body?: string
}

export function listRequest(query: ListQuery, credential: Credential = MAIN): TestRequest {
  return { operation: 'list', method: 'GET', path: PATHS.list, search: toSearch(query), credential, query }
}

export function viewRequest(id: string, query: ListQuery = {}, credential: Credential = MAIN): TestRequest {
  return { operation: 'view', method: 'GET', path: at(PATHS.view, id), search: toSearch(query), credential, query }
}

export function downloadRequest(id: string, credential: Credential = MAIN): TestRequest {
  return { operation: 'download', method: 'GET', path: at(PATHS.download, id), search: '', credential, query: {} }
}

export function retryRequest(id: string, credential: Credential = MAIN): TestRequest {
  return { operation: 'retry', method: 'POST', path: at(PATHS.retry, id), search: '', credential, query: undefined }
}

/** @param id of the quick report */
export function exportRequest(id: string, body: string, credential: Credential = MAIN): TestRequest {
  const path = at(PATHS.exportQuickReport, id)
  return { operation: 'exportQuickReport', method: 'POST', path, search: '', credential, query: undefined, body }
}

/** An id that no account has. */
export const UNKNOWN_ID = '987654321098765'

/** Whether the spec has this method for this operation. */
export function isDocumented({ operation, method }: TestRequest): boolean {
  return METHODS[operation] === method
}

/** A query that is wrong on purpose. `view` requests for the item with that id. */
export function wrongRequest(search: string, viewedId?: string): TestRequest {
  const right = viewedId === undefined ? listRequest({}) : viewRequest(viewedId)
  return { ...right, search, query: undefined }
}

export function target({ path, search }: TestRequest): string {
  return search === '' ? path : `${path}?${search}`
}

/** `GET /v1/hood/exports?page=1`, and with which token. */
export function describeRequest(request: TestRequest): string {
  const { method, body, credential } = request
  return [method, target(request), body, describeCredential(credential)].filter(Boolean).join(' ')
}

/** Equal for requests that should have equal answers. */
export function requestKey(request: TestRequest): string {
  const { credential } = request
  const token = credential.kind === 'token' ? credential.of : credential.kind
  return `${request.method} ${token} ${target(request)} ${request.body ?? ''}`
}

const FILE_OPTIONS = String.raw`-D - -o /dev/null -w '%{size_download} bytes\n'`

/** A line for a shell that sends the request again, or `times` times at once; the tokens stay in their variables. */
export function curl(request: TestRequest, baseUrl: string, times = 1): string {
  const header = authorizationInShell(request.credential)
  const method = { GET: '-i', HEAD: '-I', POST: '-i -X POST' }[request.method]
  // Files may be long, and no text.
  const shown = request.operation === 'download' && request.method === 'GET' ? FILE_OPTIONS : method
  const options = [
    times > 1 ? String.raw`-o /dev/null -w '%{http_code}\n'` : shown,
    ...(header === undefined ? [] : [`-H "Authorization: ${header}"`]),
    ...(request.body === undefined ? [] : [`-H 'Content-Type: application/json' -d ${inQuotes(request.body)}`]),
  ]
  const line = `curl -sS ${options.join(' ')} '${baseUrl}${target(request).replaceAll("'", '%27')}'`
  return times > 1 ? `for i in $(seq ${times}); do ${line} & done; wait` : line
}

function inQuotes(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function at(template: string, id: string): string {
  return template.replace('{id}', encoded(id))
}
