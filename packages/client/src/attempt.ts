import type { Answer, Sent } from './answer.ts'
import type { Clock } from './clock.ts'
import { networkFailure, timedOut } from './failures.ts'
import type { GuardOptions } from './guarded-stream.ts'
import type { FetchLike } from './options.ts'
import type { Head } from './rate-limit/planner/response-facts.ts'

/** What becomes of the body of a successful answer: JSON, or what a guard makes of the stream. */
export type BodyKind = 'json' | ((response: Response, options: GuardOptions) => ReadableStream<Uint8Array>)

export interface AttemptOptions {
  readonly url: string
  /** Default: a GET. */
  readonly post: { readonly payload: string | undefined } | undefined
  readonly headers: HeadersInit
  readonly body: BodyKind
  readonly fetch: FetchLike
  readonly clock: Clock
  /** The call's scope: the caller's abort, and the deadline. */
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  readonly idleTimeoutMs: number
  readonly sent: Sent
  /** Called at the head of the answer, before the body is read. */
  readonly onHead: (head: Head) => void
  /** Called once when the request has ended: its place is free. `failure`: why its stream has broken off. */
  readonly onEnd: (failure?: unknown) => void
  /** What a failure of the stream means, to the reader. */
  readonly explain: (error: unknown) => unknown
}

/**
 * One request, with an AbortController and a timer of its own, to the end of its body;
 * a successful download is handed over at its head and ends with its stream.
 *
 * An abort ends it by our own doing: a signal that `fetch` follows only through a `Request` can be lost after a garbage
 * collection (nodejs/undici#4068), and then a stalled body hangs for ever. What comes later is dropped.
 * @throws ExportsError `network` or `timeout`; the signal's reason.
 */
export function runAttempt(options: AttemptOptions): Promise<Answer> {
  // Taken out: browsers and workers refuse their own `fetch` as a method of anything else.
  const { fetch, url, post, headers, body, clock, signal, timeoutMs, sent } = options
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    let isOver = false
    const end = (failure?: unknown): void => {
      isOver = true
      timer.cancel()
      signal?.removeEventListener('abort', onAbort)
      options.onEnd(failure)
    }
    const fail = (reason: unknown): void => {
      if (isOver) return
      end()
      reject(reason)
    }
    const abort = (reason: unknown): void => {
      controller.abort(reason)
      fail(reason)
    }
    const onAbort = (): void => abort(signal?.reason)
    const timer = clock.setTimer(
      () => abort(timedOut(`No complete answer within ${timeoutMs} ms`, 'timeoutMs')),
      timeoutMs,
    )
    const exchange = async (): Promise<void> => {
      // Not followed: a redirection could carry the token elsewhere.
      const init: RequestInit = { headers, redirect: 'manual', signal: controller.signal }
      if (post) Object.assign(init, { method: 'POST', body: post.payload })
      const response = await fetch(url, init)
      // Late, its body must not keep a connection.
      if (isOver) return response.body?.cancel()
      const { status, headers: answered } = response
      const receivedAt = clock.wallNow()
      options.onHead({ status, headers: answered })
      if (controller.signal.aborted) return
      if (body === 'json' || !isSuccess(status)) {
        const text = await response.text()
        if (isOver) return
        end()
        resolve({ sent, status, headers: answered, receivedAt, text, json: parseJson(text) })
      } else {
        timer.cancel()
        const stream = body(response, { ...options, controller, onEnd: end })
        resolve({ sent, status, headers: answered, receivedAt, text: '', json: undefined, stream })
      }
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    // A listener of events may have aborted since the place was granted: then no `abort` event comes any more.
    if (signal?.aborted) onAbort()
    else exchange().catch((error: unknown) => fail(networkFailure(error)))
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
