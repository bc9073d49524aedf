import * as texts from '#texts'
import { isSuccess } from './attempt.ts'
import type { RawAnswer } from './attempt.ts'
import { ExportsError, addFacts } from './errors.ts'
import type { ExportsErrorFacts, ExportsErrorKind } from './errors.ts'
import type { OperationName } from './operation-name.ts'
import { rateLimitFacts } from './rate-limit/headers.ts'

/** What is sent for a call. */
export interface Sent {
  readonly operation: OperationName
  readonly id: string | undefined
  /** Path and query. */
  readonly url: string
  /** Requests of the call so far. */
  attempts: number
}

/** A complete answer to one request. */
export interface Answer extends RawAnswer {
  readonly sent: Sent
  /** `text` parsed; `undefined` when it is not JSON. */
  readonly json: unknown
}

const KINDS = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
  429: 'rate-limited',
} as const satisfies Readonly<Record<number, ExportsErrorKind>>

/** The answers that errors were made from: `client.raw` gives them back. */
const answers = new WeakMap<ExportsError, Answer>()

/** The answer that an error was made from, if one came. */
export function answerOf(error: ExportsError): Answer | undefined {
  return answers.get(error)
}

/** Whether a body is the documented error: `code` and `title` are the only members that every sample has. */
export function isErrorBody(
  json: unknown,
): json is { code: number; title: string; message?: unknown; trace_id?: unknown } {
  const body = json as { code?: unknown; title?: unknown } | null | undefined
  return typeof body === 'object' && typeof body?.code === 'number' && typeof body.title === 'string'
}

/** The id of a request, as a gateway gives it. */
export function requestIdOf(headers: Headers): string | undefined {
  return headers.get('x-request-id') ?? headers.get('cf-ray') ?? undefined
}

/**
 * A successful answer, with its JSON.
 * @param maxRetryAfterMs the longest wait after a 429 that the call allows: after a longer one it fails
 * @throws ExportsError what an unsuccessful answer means, and `invalid-response` where JSON is missing
 */
export function accept(raw: RawAnswer, sent: Sent, maxRetryAfterMs: number): Answer {
  const answer: Answer = { ...raw, sent, json: raw.stream ? undefined : parseJson(raw.text) }
  if (!isSuccess(raw.status)) throw errorOf(answer, maxRetryAfterMs)
  if (!raw.stream && answer.json === undefined) throw invalidResponse(answer, 'JSON')
  return answer
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Decided by the status, never by the body. */
function errorOf(answer: Answer, maxRetryAfterMs: number): ExportsError {
  const { sent, status, headers, receivedAt, text, json } = answer
  const kind = KINDS[status as keyof typeof KINDS] ?? (status >= 500 ? 'server' : 'unexpected-status')
  const body = isErrorBody(json) ? json : undefined
  const detail = typeof body?.message === 'string' ? body.message : undefined
  // The documented 401 says the same twice.
  const said = body ? [body.title, detail !== body.title && detail].filter(Boolean).join(' ') : describe(answer)
  const rateLimit = rateLimitFacts(headers, receivedAt)
  const { retryAfter } = rateLimit
  const isTooLong = status === 429 && typeof retryAfter === 'number' && retryAfter > maxRetryAfterMs
  const wayOut = texts.answerWayOut(kind, sent.operation, headers)
  const error: ExportsError = new ExportsError<ExportsErrorKind>(kind, `The API answered ${status}: ${said}${wayOut}`, {
    status,
    rateLimit,
    retryAfterMs: isTooLong ? retryAfter : undefined,
    option: isTooLong ? 'maxRetryAfterMs' : undefined,
    code: body?.code,
    title: body?.title,
    detail,
    traceId: typeof body?.trace_id === 'string' ? body.trace_id : undefined,
    requestId: requestIdOf(headers),
    bodyStart: body ? undefined : text.slice(0, 200),
  })
  answers.set(error, answer)
  return error
}

/** The error of an answer that is not the documented shape; says what came instead. */
export function invalidResponse(answer: Answer, expected: string, wayOut: string = texts.foreignAnswer): ExportsError {
  const { sent, status, headers, receivedAt, text } = answer
  return ofCall(
    new ExportsError(
      'invalid-response',
      `The API answered ${status} with ${describe(answer)}, not ${expected}${wayOut}`,
      {
        rateLimit: rateLimitFacts(headers, receivedAt),
        status,
        bodyStart: text.slice(0, 200),
      },
    ),
    sent,
  )
}

function describe({ headers, text }: Answer): string {
  if (text === '') return 'an empty body'
  return `${headers.get('content-type') ?? 'an untyped body'} of ${text.length} characters`
}

/** Adds what is known of a call to a failure, once: its facts, and in the message its operation and its id. */
export function ofCall(error: ExportsError, sent: Sent, facts?: ExportsErrorFacts): ExportsError {
  if (error.operation) return error
  addFacts(error, { ...sent, ...facts })
  error.message += ` [${sent.operation}${sent.id ? ` ${sent.id}` : ''}]`
  return error
}
