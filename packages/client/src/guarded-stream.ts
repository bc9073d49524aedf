import { abortable } from './abortable.ts'
import type { Clock } from './clock.ts'
import { aborted, networkFailure, timedOut } from './failures.ts'

export interface GuardOptions {
  /** The request's: aborting it ends the stream at once. */
  readonly controller: AbortController
  readonly clock: Clock
  readonly idleTimeoutMs: number
  /** Called once when the body has ended; with the failure, or the abort, that has cut it off. */
  readonly onEnd: (failure?: unknown) => void
  /** What a failure means, to the reader. */
  readonly explain: (error: unknown) => unknown
}

/**
 * The body of a download, that ends within an instant of an abort in every state and keeps its place in flight until it
 * has ended. It fails when no byte comes for `idleTimeoutMs` while it is read, and when it is not read at all for as
 * long: bodies that are left alone would hold all places, and stop every other call.
 */
export function guardedStream(
  response: Response,
  { controller, clock, idleTimeoutMs, onEnd, explain }: GuardOptions,
): ReadableStream<Uint8Array> {
  const { signal } = controller
  const reader = bodyOf(response).getReader()
  const unread = clock.setTimer(
    () => controller.abort(timedOut(`The download was not read for ${idleTimeoutMs} ms`, 'idleTimeoutMs')),
    idleTimeoutMs,
  )
  let onAbort: (() => void) | undefined
  let isOver = false
  const end = (failure?: unknown): void => {
    if (isOver) return
    isOver = true
    unread.cancel()
    if (onAbort) signal.removeEventListener('abort', onAbort)
    onEnd(failure)
  }
  return new ReadableStream<Uint8Array>(
    {
      start(sink) {
        // Also without a reader: an abandoned download must give its place back.
        onAbort = (): void => {
          const failure = explain(signal.reason)
          end(failure)
          reader.cancel().catch(() => undefined)
          sink.error(failure)
        }
        signal.addEventListener('abort', onAbort, { once: true })
      },
      async pull(sink) {
        unread.cancel()
        const silence = `The download was silent for ${idleTimeoutMs} ms`
        const timer = clock.setTimer(() => controller.abort(timedOut(silence, 'idleTimeoutMs')), idleTimeoutMs)
        try {
          const { done, value } = await abortable(reader.read(), signal)
          if (value) sink.enqueue(value)
          if (!done) return
          end()
          sink.close()
        } catch (error) {
          const failure = explain(signal.aborted ? signal.reason : networkFailure(error))
          end(failure)
          throw failure
        } finally {
          timer.cancel()
        }
      },
      async cancel(reason) {
        end(aborted(reason))
        controller.abort(reason)
        await reader.cancel(reason).catch(() => undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

/** The stream of a body, also from a `fetch` without body streams: there it comes in one piece. */
function bodyOf(response: Response): ReadableStream<Uint8Array> {
  return (
    response.body ??
    new ReadableStream<Uint8Array>({
      async pull(sink) {
        sink.enqueue(new Uint8Array(await response.arrayBuffer()))
        sink.close()
      },
    })
  )
}
