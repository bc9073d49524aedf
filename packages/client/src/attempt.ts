import type { Clock } from './clock.ts'
import { networkFailure, timedOut } from './failures.ts'

/** The head of an answer, and its body as text or as a stream. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  /** Moment of its head, in milliseconds since the epoch. */
  readonly receivedAt: number
  /** The body of everything but a successful download. */
  readonly text: string
  /** The body of a successful download. */
  readonly stream?: ReadableStream<Uint8Array> | undefined
}

export interface AttemptOptions {
  /** Sends the request; called once. */
  readonly send: (signal: AbortSignal) => Promise<Response>
  readonly clock: Clock
  /** The call's scope: the caller's abort, and the deadline. */
  readonly signal: AbortSignal | undefined
  readonly timeoutMs: number
  /** Makes a stream of a successful body, which ends the attempt with `onEnd`. Default: the body is read as text. */
  readonly openStream:
    | ((response: Response, controller: AbortController, onEnd: (failure?: unknown) => void) => RawAnswer['stream'])
    | undefined
  /** Called at the head of the answer, before the body is read. */
  readonly onHead: (head: RawAnswer) => void
  /** Called once when the request has ended: its place is free. `failure`: why its stream has broken off. */
  readonly onEnd: (failure?: unknown) => void
}

/**
 * One request, with an AbortController and a timer of its own, to the end of its body;
 * a successful download is handed over at its head and ends with its stream.
 *
 * An abort ends it by our own doing: a signal that `fetch` follows only through a `Request` can be lost after a garbage
 * collection (nodejs/undici#4068), and then a stalled body hangs for ever. What comes later is dropped.
 * @throws ExportsError `network` or `timeout`; the signal's reason.
 */
export function runAttempt(options: AttemptOptions): Promise<RawAnswer> {
  const { send, clock, signal, timeoutMs, openStream } = options
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
    const timer = clock.setTimer(() => abort(timedOut(`No complete answer within ${timeoutMs} ms`)), timeoutMs)
    const exchange = async (): Promise<void> => {
      const response = await send(controller.signal)
      // Late, its body must not keep a connection.
      if (isOver) return response.body?.cancel()
      const { status, headers } = response
      const head = { status, headers, receivedAt: clock.wallNow(), text: '' }
      options.onHead(head)
      if (isOver) return
      if (openStream && isSuccess(status)) {
        timer.cancel()
        return resolve({ ...head, stream: openStream(response, controller, end) })
      }
      const text = await response.text()
      if (isOver) return
      end()
      resolve({ ...head, text })
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
