import { ExportsError } from './errors.ts'
import type { ExportsErrorKind } from './errors.ts'
import type { OperationName } from './operation-name.ts'
import { rateLimitFacts } from './rate-limit/headers.ts'

/** A request that was sent for a call. */
export interface Sent {
  readonly operation: OperationName
  readonly id: string | undefined
  /** Path and query. */
  readonly url: string
  /** Requests of the call so far, with this one. */
  readonly attempts: number
}

/** A complete answer to one request: its head, and its body as text or as a stream. */
export interface Answer {
  readonly sent: Sent
  readonly status: number
  readonly headers: Headers
  /** Moment of its head, in milliseconds since the epoch. */
  readonly receivedAt: number
  /** The body of everything but a successful download. */
  readonly text: string
  /** `text` parsed; `undefined` when it is not JSON. */
  readonly json: unknown
  /** The body of a successful download. */
  readonly stream?: ReadableStream<Uint8Array> | undefined
}

const KINDS = {
  400: 'bad-request',
  401: 'unauthorized',
  404: 'not-found',
  429: 'rate-limited',
} as const satisfies Readonly<Record<number, ExportsErrorKind>>

const WAYS_OUT: Partial<Record<ExportsErrorKind, string>> = {
  'bad-request': 'check what was sent',
  unauthorized: 'check the token, and that it belongs to this base URL',
  'rate-limited': 'wait, or raise maxRetryAfterMs',
  server: 'try again later',
}

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

/**
 * The error that an unsuccessful answer means; decided by the status, never by the body.
 * @param notFound the way out of a 404
 */
export function errorOf(answer: Answer, notFound: string, retryAfterMs?: number): ExportsError {
  const { sent, status, headers, text, json } = answer
  const kind = KINDS[status as keyof typeof KINDS] ?? (status >= 500 ? 'server' : 'unexpected-status')
  const body = isErrorBody(json) ? json : undefined
  const detail = typeof body?.message === 'string' ? body.message : undefined
  // The documented 401 says the same twice.
  const said = body ? [body.title, detail !== body.title && detail].filter(Boolean).join(' ') : describe(headers, text)
  const wayOut = kind === 'not-found' ? notFound : status < 400 ? redirection(headers) : WAYS_OUT[kind]
  const error = new ExportsError(kind, `The API answered ${status}: ${said}${wayOut ? ` (${wayOut})` : ''}`, {
    ...sent,
    rateLimit: rateLimitFacts(headers, answer.receivedAt),
    retryAfterMs,
    option: retryAfterMs === undefined ? undefined : 'maxRetryAfterMs',
    status,
    code: body?.code,
    title: body?.title,
    detail,
    traceId: typeof body?.trace_id === 'string' ? body.trace_id : undefined,
    requestId: headers.get('x-request-id') ?? headers.get('cf-ray') ?? undefined,
    bodyStart: body ? undefined : text.slice(0, 200),
  })
  answers.set(error, answer)
  return error
}

/** The error of an answer that is not the documented shape; says what came instead. */
export function invalidResponse(
  answer: Answer,
  expected: string,
  wayOut: string = 'is the base URL right, is a proxy in between?',
): ExportsError {
  const { sent, status, headers, receivedAt, text } = answer
  return new ExportsError(
    'invalid-response',
    `The API answered ${status} with ${describe(headers, text)}, not ${expected} (${wayOut})`,
    { ...sent, rateLimit: rateLimitFacts(headers, receivedAt), status, bodyStart: text.slice(0, 200) },
  )
}

function describe(headers: Headers, text: string): string {
  if (text === '') return 'an empty body'
  return `${headers.get('content-type') ?? 'an untyped body'} of ${text.length} characters`
}

function redirection(headers: Headers): string {
  const location = headers.get('location')
  const target = location && URL.canParse(location) ? new URL(location).origin : 'another place'
  return `a redirection to ${target}, not followed, because the token belongs to the base URL alone`
}
