import type { OperationName } from './operation-name.ts'
import type { RateLimitFacts } from './rate-limit/headers.ts'

const BRAND = Symbol.for('@hood-exports/client/error')

/**
 * What went wrong, as a discriminant:
 * - `invalid-options`, `invalid-query`: refused here, before anything was sent;
 * - `bad-request` 400, `unauthorized` 401, `not-found` 404, `server` 5xx, `unexpected-status`: the API's answer;
 * - `rate-limited`: a 429 whose wait is longer than the caller allows; `queue-full`: the bound on waiting calls;
 * - `network`, `timeout` (one attempt, or a silent download), `deadline` (the whole call), `aborted`: no answer;
 * - `invalid-response`: an answer that is not the documented shape;
 * - `incomplete`: a list whose pages do not have all that `total` counts, when `listAll` is asked to fail;
 * - `size-mismatch`, `file`: a download that could not be kept;
 * - `export-failed`: an export that `makeExport` made and the API could not prepare.
 */
export type ExportsErrorKind =
  | 'invalid-options'
  | 'invalid-query'
  | 'bad-request'
  | 'unauthorized'
  | 'not-found'
  | 'rate-limited'
  | 'queue-full'
  | 'server'
  | 'unexpected-status'
  | 'network'
  | 'timeout'
  | 'deadline'
  | 'aborted'
  | 'invalid-response'
  | 'incomplete'
  | 'size-mismatch'
  | 'file'
  | 'export-failed'

/** What is known about a failure. Never holds a token, a header of the request, or a body longer than 200 characters. */
export interface ExportsErrorFacts {
  /** The call that failed. */
  operation?: OperationName | undefined
  /** The export, or the report, that the call was for. */
  id?: string | undefined
  /** HTTP status code of the last answer. */
  status?: number | undefined
  /** The error body's `code`; of a `file` error the system's, such as `ENOSPC`. */
  code?: number | string | undefined
  /** The error body's `title`. */
  title?: string | undefined
  /** The error body's `message`; absent from documented 500s. */
  detail?: string | undefined
  /** The error body's `trace_id`, for the vendor's support. Not always a UUID. */
  traceId?: string | undefined
  /** What a gateway calls the request, in `X-Request-Id` or `CF-Ray`: for those who run it. */
  requestId?: string | undefined
  /** Requests that were sent for this call; 0 when none was. */
  attempts?: number | undefined
  /** Path and query of the request. */
  url?: string | undefined
  /** What the last answer said about the quota. */
  rateLimit?: RateLimitFacts | undefined
  /** Milliseconds to wait before the call can succeed, where known. */
  retryAfterMs?: number | undefined
  /** `unknown`: a POST was sent, and no answer says whether it was carried out. Look before you send it again. */
  outcome?: 'unknown' | undefined
  /** What `makeExport` finds its export by: give it again to go on with the same export. */
  key?: string | undefined
  /** The option or parameter that is refused, or that set the limit; the message names it exactly so. */
  option?: string | undefined
  /** The rule that the value breaks, in words, as the message has it. */
  rule?: string | undefined
  /** The refused value, for `invalid-query` and `invalid-options`. */
  value?: unknown
  /** The values that are allowed instead, where there is a list. */
  allowed?: readonly string[] | undefined
  /** Where `listAll` was, to resume from. */
  cursor?: string | undefined
  /** The beginning of a body that is not the documented shape, at most 200 characters. */
  bodyStart?: string | undefined
  /** Where the file is, or should have been. */
  path?: string | undefined
  /** Bytes that came. */
  bytes?: number | undefined
  /** Items that `total` counts and no page had. */
  missing?: number | undefined
  /** Bytes that the item announces. */
  expectedBytes?: number | undefined
  cause?: unknown
}

interface Refused {
  readonly option: string
  readonly rule: string
}

interface Answered {
  readonly status: number
  readonly operation: OperationName
}

/** What an error always has, by its kind; every other fact may be there. */
interface FactsOfKind {
  'invalid-options': Refused
  'invalid-query': Refused
  'bad-request': Answered
  unauthorized: Answered
  'not-found': Answered
  server: Answered
  'unexpected-status': Answered
  'rate-limited': { readonly retryAfterMs: number; readonly option: 'maxRetryAfterMs' }
  'queue-full': { readonly option: 'maxQueue' }
  network: object
  timeout: { readonly option: 'timeoutMs' | 'idleTimeoutMs' }
  deadline: { readonly option: 'deadlineMs' }
  aborted: object
  'invalid-response': object
  incomplete: { readonly missing: number }
  'size-mismatch': { readonly id: string; readonly bytes: number; readonly expectedBytes: number }
  file: { readonly code: string; readonly path: string }
  'export-failed': { readonly id: string; readonly option: 'retries' }
}

/** Any failure of this package. A real `Error`; switch over `kind`. */
export class ExportsError<Kind extends ExportsErrorKind = ExportsErrorKind> extends Error {
  readonly kind: Kind
  declare readonly status?: number
  declare readonly operation?: OperationName
  declare readonly id?: string
  declare readonly code?: number | string
  declare readonly title?: string
  declare readonly detail?: string
  declare readonly traceId?: string
  declare readonly requestId?: string
  declare readonly attempts?: number
  declare readonly url?: string
  declare readonly rateLimit?: RateLimitFacts
  declare readonly retryAfterMs?: number
  declare readonly option?: string
  declare readonly rule?: string
  declare readonly value?: unknown
  declare readonly allowed?: readonly string[]
  declare readonly bodyStart?: string
  declare readonly path?: string
  declare readonly bytes?: number
  declare readonly missing?: number
  declare readonly expectedBytes?: number
  /** Where `listAll` was, to resume from. */
  declare cursor?: string
  /** `unknown`: a POST was sent, and no answer says whether it was carried out. Look before you send it again. */
  declare outcome?: 'unknown'
  /** What `makeExport` finds its export by: give it again to go on with the same export. */
  declare key?: string

  /** `facts` are required as far as the kind always has some. */
  constructor(
    kind: Kind,
    message: string,
    ...[{ cause, ...facts } = {}]: object extends FactsOfKind[Kind]
      ? [facts?: ExportsErrorFacts]
      : [facts: ExportsErrorFacts & FactsOfKind[Kind]]
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    // `AbortError` is what schedulers and user interfaces look for to stay silent about a cancelled call.
    this.name = kind === 'aborted' ? 'AbortError' : 'ExportsError'
    addFacts(this, facts)
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** For logs in JSON: everything but the stack and the cause. */
  toJSON(): object {
    return Object.assign({}, this, { message: this.message })
  }
}

/** Adds what is known of a failure to an error that does not say it. */
export function addFacts(error: ExportsError, facts: ExportsErrorFacts): void {
  for (const [name, fact] of Object.entries(facts)) {
    if (fact !== undefined && !(name in error)) Object.assign(error, { [name]: fact })
  }
}

/** An `ExportsError` of one kind, with the facts that this kind always has. */
export type ExportsErrorOf<Kind extends ExportsErrorKind> = ExportsError<Kind> & FactsOfKind[Kind]

/** An `ExportsError` of any kind, discriminated by `kind`. */
export type AnyExportsError = { [Kind in ExportsErrorKind]: ExportsErrorOf<Kind> }[ExportsErrorKind]

/** Whether `value` is an `ExportsError`, also of another copy of this package; with `kind`, of that kind. */
export function isExportsError(value: unknown): value is AnyExportsError
export function isExportsError<Kind extends ExportsErrorKind>(value: unknown, kind: Kind): value is ExportsErrorOf<Kind>
export function isExportsError(value: unknown, kind?: ExportsErrorKind): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    BRAND in value &&
    (kind === undefined || (value as { kind?: unknown }).kind === kind)
  )
}

/** The outcome of a call as a value: exactly one of `data` and `error` is set. */
export type Result<Data> =
  | { readonly data: Data; readonly error?: undefined }
  | { readonly data?: undefined; readonly error: AnyExportsError }

/** Turns a rejecting call into a value: `const { data, error } = await toResult(client.get(id))`. Bugs still throw. */
export async function toResult<Data>(call: Promise<Data>): Promise<Result<Data>> {
  try {
    return { data: await call }
  } catch (error) {
    if (isExportsError(error)) return { error }
    throw error
  }
}
