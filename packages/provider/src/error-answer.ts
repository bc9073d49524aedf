import type { Answer } from './answer.ts'
import { jsonAnswer, withHeaders } from './answer.ts'

const INVALID = 'The request is not valid.'

/** Titles and messages, as in the vendor's samples where there is one. */
const ERRORS: Readonly<Record<number, readonly [title: string, message: string | undefined]>> = {
  400: ['Bad request.', INVALID],
  401: ['Unauthorized.', 'Unauthorized.'],
  404: ['Not found.', 'The requested resource was not found.'],
  405: ['Method not allowed.', 'The method is not allowed for this resource.'],
  408: ['Request timeout.', INVALID],
  413: ['Content too large.', INVALID],
  415: ['Unsupported media type.', INVALID],
  429: ['Too many requests.', 'The rate limit was exceeded.'],
  431: ['Request header fields too large.', INVALID],
  /** The vendor's sample of a 500 has no message. */
  500: ['Internal server error.', undefined],
  502: ['Bad gateway.', INVALID],
}

export interface ErrorFacts {
  /** For the vendor's support: a UUID, except in a 401. Default `{}`, as in the sample of a 401. */
  readonly traceId?: string
  /** In place of the vendor's, for what the vendor does not have: the control endpoint. */
  readonly message?: string
  /** The members of the body, in place of the vendor's; one that the vendor does not have is empty. */
  readonly members?: readonly string[] | undefined
}

/** An error in the API's shape. */
export function errorAnswer(status: number, { traceId = '{}', message, members }: ErrorFacts = {}): Answer {
  const [title, usual] = ERRORS[status] ?? ['Error.', INVALID]
  const body: Readonly<Record<string, unknown>> = {
    code: status,
    title,
    message: message ?? usual,
    trace_id: status === 401 ? '{}' : traceId,
  }
  if (members === undefined) return jsonAnswer(status, body)
  return jsonAnswer(status, Object.fromEntries(members.map((name) => [name, body[name] ?? ''])))
}

const MAX_REASON_LENGTH = 500

/**
 * Says why, for the developer, in a header: the body is the vendor's and says no more than its samples do. Stands after
 * the reasons that the answer has already.
 */
export function withReason(answer: Answer, header: string, reasons: string | readonly string[]): Answer {
  const added = [reasons].flat()
  if (added.length === 0) return answer
  const text = [answer.headers[header] ?? [], added].flat().join('; ')
  return withHeaders(answer, { [header]: headerText(text) })
}

/** Header values are ASCII without control characters; everything else is escaped as in JSON. */
function headerText(reason: string): string {
  const short = reason.length > MAX_REASON_LENGTH ? `${reason.slice(0, MAX_REASON_LENGTH)}...` : reason
  return short.replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
