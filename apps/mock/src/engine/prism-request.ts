import type { IHttpRequest } from '@stoplight/prism-http'
import { isMediaType } from './media-type.ts'
import { filterRule } from './filter-reason.ts'
import type { Operation } from './operation.ts'
import type { EngineRequest } from './request.ts'

/** A request as Prism takes it. */
export function prismRequest(
  { method, path, search, headers, body }: EngineRequest,
  operation: Operation | undefined,
): IHttpRequest {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name]
    const given = value === '' ? emptyValue(name, operation) : value
    query[name] = before === undefined ? given : [before, given].flat()
  }
  return {
    method: method.toLowerCase() as IHttpRequest['method'],
    // The server of the document is the vendor's: this one answers for it.
    url: { path, baseUrl: '', query },
    headers,
    ...(body?.kind === 'value' && { body: body.value }),
    // For a text Prism finds the schema not to be kept.
    ...(body?.kind === 'broken' && { body: body.text }),
  }
}

/** Prism takes an empty value for none, and does not check it. A space is as little of a filter, except of a text. */
function emptyValue(name: string, operation: Operation | undefined): string {
  const parameter = operation?.request?.query?.find((candidate) => candidate.name === name)
  return parameter !== undefined && filterRule(parameter) !== undefined ? ' ' : ''
}

/** For what Prism throws: a path or a media type that cannot be read. */
export function unreadableReason({ path, headers }: EngineRequest): string | undefined {
  if (!isDecodable(path)) return 'Request path is not UTF-8 in percent-encoding'
  const { 'content-type': contentType = '' } = headers
  if (contentType === '' || isMediaType(contentType)) return undefined
  return `Request has the Content-Type ${JSON.stringify(contentType)}, which is no media type: give one such as application/json`
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
