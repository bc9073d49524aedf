import type { Call } from '../http/call.ts'
import type { Engine, EngineRequest } from './prism.ts'

/** What Prism is told: only the headers that an answer can depend on, and never the token. */
export function engineRequest({ path, search, headers }: Call, method: string, { operations }: Engine): EngineRequest {
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

/** The request with its body, parsed when it is JSON. */
export function parseBody(request: EngineRequest, call: Call, text: string): EngineRequest {
  if (text === '') return request
  const mediaType = call.headers['content-type'] ?? ''
  const headers = { ...request.headers, 'content-type': mediaType, 'content-length': String(Buffer.byteLength(text)) }
  return { ...request, headers, body: /[/+]json\b/.test(mediaType) ? parsed(text) : text }
}

/** What is no JSON stays a text, for which Prism finds the schema not to be kept. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
