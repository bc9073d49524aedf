import type { Answer } from './answer.ts'
import { jsonAnswer } from './answer.ts'

/** The error bodies of the API, with titles and messages as in the vendor's samples where there is one. */
const ERRORS = {
  400: { title: 'Bad request.', message: 'The request is not valid.' },
  401: { title: 'Unauthorized.', message: 'Unauthorized.' },
  404: { title: 'Not found.', message: 'The requested resource was not found.' },
  405: { title: 'Method not allowed.', message: 'The method is not allowed for this resource.' },
  413: { title: 'Content too large.', message: 'The request is not valid.' },
  429: { title: 'Too many requests.', message: 'The rate limit was exceeded.' },
  431: { title: 'Request header fields too large.', message: 'The request is not valid.' },
  /** The vendor's sample of a 500 has no message. */
  500: { title: 'Internal server error.', message: undefined },
} as const

export type ErrorStatus = keyof typeof ERRORS

export interface ErrorAnswerOptions {
  readonly status: ErrorStatus
  /** For the vendor's support: a UUID, except in a 401, whose sample has `{}`. */
  readonly traceId: string
  /**
   * Why, for the developer: which value, which rule, which way out. It is sent as the header `X-Sandbox-Reason`,
   * because the body is the vendor's and says no more than its samples do.
   */
  readonly reason?: string
  /** Instead of the vendor's, for what the vendor has not: the control endpoint. */
  readonly message?: string
}

export function errorAnswer({ status, traceId, reason, message = ERRORS[status].message }: ErrorAnswerOptions): Answer {
  const { title } = ERRORS[status]
  const body = { code: status, title, message, trace_id: status === 401 ? '{}' : traceId }
  const answer = jsonAnswer(status, JSON.stringify(body))
  if (reason === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'x-sandbox-reason': headerText(reason) } }
}

const MAX_REASON_LENGTH = 300

/** Header values are ASCII without control characters; everything else is escaped as in JSON. */
function headerText(reason: string): string {
  const short = reason.length > MAX_REASON_LENGTH ? `${reason.slice(0, MAX_REASON_LENGTH)}...` : reason
  return short.replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
