import type { Answer } from './answer.ts'
import type { Clock } from './clock.ts'
import type { ExportsError, ExportsErrorFacts } from './errors.ts'
import { aborted, failureOf, pastDeadline, timedOut } from './failures.ts'
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
      () =>
        abort(
          remainingMs < timeoutMs
            ? pastDeadline(facts())
            : timedOut(`No complete answer within ${timeoutMs} ms`, 'timeoutMs', facts()),
        ),
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
