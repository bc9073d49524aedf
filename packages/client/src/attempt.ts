import type { Answer } from './answer.ts'
import type { Clock } from './clock.ts'
import { ExportsError, isExportsError } from './errors.ts'
import type { ExportsErrorFacts } from './errors.ts'
import type { GuardOptions } from './guarded-stream.ts'
import type { Head } from './rate-limit/planner/response-facts.ts'

/** What becomes of the body of a successful answer: JSON, or what a guard makes of the stream. */
export type BodyKind =
  | 'json'
  | ((body: ReadableStream<Uint8Array> | null, options: GuardOptions) => ReadableStream<Uint8Array>)

export interface AttemptOptions {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly payload: string | undefined
  readonly headers: HeadersInit
  readonly body: BodyKind
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly idleTimeoutMs: number
  /** Moment at which the whole call must be done, on `clock.now()`. */
  readonly deadline: number
  readonly facts: () => ExportsErrorFacts
  /** Told at the head of the answer, before the body is read. */
  readonly onHead: (head: Head) => void
  /** Told once when the request has ended, however: its slot is free. */
  readonly onEnd: () => void
}

/**
 * One request, with an AbortController and a timer of its own, to the end of its body;
 * a successful download is handed over at its head and ends with its stream.
 *
 * An abort ends it by our own doing: a signal that `fetch` follows only through a `Request` can be lost after a garbage
 * collection (nodejs/undici#4068), and then a stalled body hangs for ever. What comes later is dropped.
 * @throws ExportsError `network`, `timeout`, `deadline` or `aborted`.
 */
export function runAttempt(options: AttemptOptions): Promise<Answer> {
  // Taken out: browsers and workers refuse their own `fetch` as a method of anything else.
  const { fetch, url, method, payload, headers, body, clock, signal, timeoutMs, deadline, facts } = options
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    let isOver = false
    const end = (): void => {
      isOver = true
      timer.cancel()
      signal?.removeEventListener('abort', onAbort)
      options.onEnd()
    }
    const fail = (error: unknown): void => {
      if (isOver) return
      end()
      reject(failureOf(error, controller.signal, facts()))
    }
    const abort = (reason: ExportsError): void => {
      controller.abort(reason)
      fail(reason)
    }
    const onAbort = (): void => abort(aborted(signal?.reason, facts()))
    const remainingMs = deadline - clock.now()
    const timer = clock.setTimer(
      () => abort(remainingMs < timeoutMs ? pastDeadline(facts()) : timedOut(timeoutMs, facts())),
      Math.min(timeoutMs, remainingMs),
    )
    const exchange = async (): Promise<void> => {
      // Not followed: a redirection could carry the token elsewhere.
      const init: RequestInit = { headers, redirect: 'manual', signal: controller.signal }
      if (method !== 'GET') Object.assign(init, { method, body: payload })
      const response = await fetch(url, init)
      // Late, its body must not keep a connection.
      if (isOver) return response.body?.cancel()
      const { status, headers: answered } = response
      options.onHead({ status, headers: answered })
      if (controller.signal.aborted) return
      if (body === 'json' || !isSuccess(status)) {
        const text = await response.text()
        if (isOver) return
        end()
        resolve({ status, headers: answered, text, json: parseJson(text), facts })
      } else {
        timer.cancel()
        const stream = body(response.body, { ...options, controller, onEnd: end })
        resolve({ status, headers: answered, text: '', json: undefined, facts, stream })
      }
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    // A listener of events may have aborted since the slot was granted: then no `abort` event comes any more.
    if (signal?.aborted) onAbort()
    else exchange().catch(fail)
  })
}

/** Whether a status says that the request has succeeded. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** What a rejected `fetch` or body means: the abort's own reason, or a network failure. */
export function failureOf(error: unknown, signal: AbortSignal, facts: ExportsErrorFacts): ExportsError {
  const reason: unknown = signal.aborted ? signal.reason : error
  if (isExportsError(reason)) return reason
  return new ExportsError('network', `The API could not be reached, or the answer broke off: ${explain(error)}`, {
    ...facts,
    cause: error,
  })
}

export function aborted(cause: unknown, facts: ExportsErrorFacts): ExportsError<'aborted'> {
  return new ExportsError('aborted', `The caller aborted, after ${sent(facts.attempts)}`, {
    ...facts,
    cause,
  })
}

export function pastDeadline(facts: ExportsErrorFacts): ExportsError<'deadline'> {
  return new ExportsError('deadline', 'The call was not done by its deadline (raise deadlineMs to wait longer)', facts)
}

function sent(requests: number = 0): string {
  return requests === 1 ? '1 request sent' : `${requests} requests sent`
}

function timedOut(timeoutMs: number, facts: ExportsErrorFacts): ExportsError<'timeout'> {
  return new ExportsError(
    'timeout',
    `No complete answer within ${timeoutMs} ms (raise timeoutMs to wait longer)`,
    facts,
  )
}

/** The innermost message and code: `fetch failed` alone tells nobody anything. */
function explain(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown }
  if (cause instanceof Error) return explain(cause)
  return [message ?? String(error), code && !message?.includes(code) && `(${code})`].filter(Boolean).join(' ')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
