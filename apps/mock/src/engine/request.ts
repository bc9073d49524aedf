import type { Call } from '@hood-exports/provider'
import { isJson } from './media-type.ts'
import type { Operations } from './operation.ts'

/** A request, as far as Prism has to know it. */
export interface EngineRequest {
  readonly method: string
  /** The path as it was sent, still percent-encoded. */
  readonly path: string
  /** What stands after `?`, still percent-encoded. */
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  /** Undefined for a request without one, or where the document has none. */
  readonly body?: EngineBody
}

export type EngineBody =
  /** Parsed JSON, or the text of whatever else it is. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** Its media type says that it is JSON, and it is none. */
  | { readonly kind: 'broken'; readonly text: string }
  /** Too large to be checked, or not there yet. */
  | { readonly kind: 'unread' }

/** What Prism sees: only the headers that an answer can depend on, and never the token. */
export function engineRequest({ path, search, headers }: Call, method: string, operations: Operations): EngineRequest {
  const relevant: Record<string, string> = {}
  for (const name of operations.headerNames) {
    const value = headers[name]
    if (value !== undefined) relevant[name] = name === 'authorization' ? withoutToken(value) : value
  }
  return { method, path, search, headers: relevant }
}

function withoutToken(authorization: string): string {
  return /^Bearer\s+\S/i.test(authorization) ? 'Bearer token' : authorization
}

/** The request with its body. A text of undefined is a body that cannot be checked. */
export function withBody(request: EngineRequest, call: Call, text: string | undefined): EngineRequest {
  if (text === '') return request
  const mediaType = call.headers['content-type'] ?? ''
  // Prism asks for the length only whether there is one.
  const headers = { ...request.headers, 'content-type': mediaType, 'content-length': String(text?.length ?? 1) }
  return { ...request, headers, body: bodyOf(mediaType, text) }
}

function bodyOf(mediaType: string, text: string | undefined): EngineBody {
  if (text === undefined) return { kind: 'unread' }
  if (!isJson(mediaType)) return { kind: 'value', value: text }
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'broken', text }
  }
}
