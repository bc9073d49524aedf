import type { Operation } from '../../src/index.ts'
import type { Change, Provider } from './provider.ts'

export type Item = Record<string, unknown>

/** A body with items, an error, or anything else that is an object. */
export interface Body {
  total?: number
  items?: Item[]
  [member: string]: unknown
}

export function operationOf({ url }: Request): Operation {
  const { pathname } = new URL(url)
  if (pathname.endsWith('/download')) return 'download'
  if (pathname.endsWith('/retry')) return 'retry'
  if (pathname.endsWith('/export')) return 'exportQuickReport'
  return pathname === '/v1/hood/exports' ? 'list' : 'view'
}

/** Whether a request is one that writes. */
export function isPost(request: Request, operation: 'retry' | 'exportQuickReport'): boolean {
  return request.method === 'POST' && operationOf(request) === operation
}

export function tokenOf({ headers }: Request): string {
  return headers.get('authorization')?.replace('Bearer ', '') ?? ''
}

export function parameter({ url }: Request, name: string): string | undefined {
  return new URL(url).searchParams.get(name) ?? undefined
}

/** The number and the size that `page` asks for. */
export function pageOf(request: Request): readonly [number, number | undefined] {
  const [number = 1, size] = (parameter(request, 'page') ?? '1').split(',').map(Number)
  return [number, size]
}

export function withToken(request: Request, token: string): Request {
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  return new Request(request, { headers })
}

/** The same request with other parameters; undefined takes one away. */
export function withParameters(request: Request, parameters: Readonly<Record<string, string | undefined>>): Request {
  const url = new URL(request.url)
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
  }
  return new Request(url, request)
}

/** Each of the names with one value. */
export function parameters<Value>(names: readonly string[], value: Value): Readonly<Record<string, Value>> {
  return Object.fromEntries(names.map((name) => [name, value]))
}

/** The same request with another body. */
export function withBody(request: Request, body: string): Request {
  const { url, method, headers } = request
  return new Request(url, { method, headers, body })
}

export interface Replaced {
  readonly status?: number
  /** Undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string | Uint8Array<ArrayBuffer> | null
}

/** The same answer with other parts. Its length is left out. */
export function replaced(response: Response, { status = response.status, headers = {}, body }: Replaced): Response {
  const all = new Headers(response.headers)
  if (body !== undefined) all.delete('content-length')
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) all.delete(name)
    else all.set(name, value)
  }
  return new Response(body === undefined ? response.body : body, { status, headers: all })
}

/** An error in place of an answer, with the quota of that answer. */
export function errorInstead(response: Response, status: number, title: string): Response {
  const headers = { 'content-type': 'application/json' }
  return replaced(response, { status, headers, body: JSON.stringify({ code: status, title }) })
}

/** Changes each parameter of a list by a function of its value, where it is given. */
export function parameterOfList(name: string, change: (value: string) => string | undefined): Change {
  return (provider) => (request) => {
    const value = parameter(request, name)
    const isAsked = operationOf(request) === 'list' && value !== undefined
    return provider(isAsked ? withParameters(request, { [name]: change(value) }) : request)
  }
}

/** Changes requests before they are answered. */
export function requests(change: (request: Request) => Request): Change {
  return (provider) => (request) => provider(change(request))
}

/** Changes answers. */
export function answers(change: (response: Response, request: Request) => Response | Promise<Response>): Change {
  return (provider) => async (request) => change(await provider(request), request)
}

/** Changes bodies of JSON. */
export function bodies(change: (body: Body, request: Request, response: Response) => Body): Change {
  return answers(async (response, request) => {
    const isFile = operationOf(request) === 'download' && response.status === 200
    if (isFile || request.method === 'HEAD') return response
    const body = (await response.json()) as Body
    return replaced(response, { body: JSON.stringify(change(body, request, response)) })
  })
}

/** Changes the envelopes of lists and views. */
export function envelopes(
  change: (envelope: { total: number; items: Item[] }, request: Request) => Body,
  operation?: Operation,
): Change {
  return bodies((body, request) => {
    const { total, items } = body
    const isWanted = operation === undefined || operation === operationOf(request)
    return isWanted && total !== undefined && items !== undefined ? change({ total, items }, request) : body
  })
}

/** Changes each item of lists and views. */
export function eachItem(change: (item: Item, request: Request, index: number) => Item, operation?: Operation): Change {
  return envelopes(
    ({ total, items }, request) => ({ total, items: items.map((item, index) => change(item, request, index)) }),
    operation,
  )
}

/** Changes one member, where it has a value. */
export function eachValue<Value>(member: string, change: (value: Value, index: number) => unknown): Change {
  return eachItem((item, _request, index) => {
    const value = item[member]
    return value === undefined || value === null ? item : { ...item, [member]: change(value as Value, index) }
  })
}

/** Changes the bodies of errors with a status. */
export function errors(status: number, change: (body: Body) => Body): Change {
  return bodies((body, _request, response) => (response.status === status ? change(body) : body))
}

/** Changes answers with a status. */
export function answersWith(status: number, change: Replaced): Change {
  return answers((response) => (response.status === status ? replaced(response, change) : response))
}

/** Changes a header of every answer that has it. */
export function header(name: string, change: (value: string) => string | undefined): Change {
  return answers((response) => {
    const value = response.headers.get(name)
    return value === null ? response : replaced(response, { headers: { [name]: change(value) } })
  })
}

/** Changes the bytes of files. */
export function files(change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | string): Change {
  return answers(async (response, request) => {
    const isFile = operationOf(request) === 'download' && response.status === 200 && request.method === 'GET'
    if (!isFile) return response
    return replaced(response, { body: change(new Uint8Array(await response.arrayBuffer())) })
  })
}

/** Does something else with every nth request. */
export function every(count: number, change: Change): Change {
  return (provider, surroundings) => {
    const other = change(provider, surroundings)
    let requestsSoFar = 0
    return (request) => {
      requestsSoFar += 1
      return requestsSoFar % count === 0 ? other(request) : provider(request)
    }
  }
}

/** The envelope that a correct provider has for a request. */
export async function envelopeFrom(provider: Provider, request: Request): Promise<{ total: number; items: Item[] }> {
  const { total = 0, items = [] } = (await (await provider(request)).json()) as Body
  return { total, items }
}

/** Every item of the account whose token a request has. */
export async function allItems(correct: Provider, request: Request): Promise<Item[]> {
  const { origin } = new URL(request.url)
  const url = `${origin}/v1/hood/exports?view=full&page=1,1000`
  const { headers } = request
  return (await envelopeFrom(correct, new Request(url, { headers }))).items
}
