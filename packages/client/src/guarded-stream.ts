import { abortable } from './abortable.ts'
import type { Clock } from './clock.ts'
import type { ExportsError, ExportsErrorFacts } from './errors.ts'
import { failureOf, pastDeadline, timedOut } from './failures.ts'

export interface GuardOptions {
  /** Of the request: aborting it ends the stream at once. */
  readonly controller: AbortController
  readonly clock: Clock
  /** Moment at which the whole call must be done, on `clock.now()`. */
  readonly deadline: number
  readonly idleTimeoutMs: number
  readonly facts: () => ExportsErrorFacts
  /** Told once when the body has ended, failed or was cancelled. */
  readonly onEnd: () => void
}

/**
 * The body of a download, that ends within an instant of an abort in every state, fails when no byte comes for
 * `idleTimeoutMs` while somebody reads, and keeps its slot until it has ended.
 */
export function guardedStream(
  body: ReadableStream<Uint8Array> | null,
  { controller, clock, deadline, idleTimeoutMs, facts, onEnd }: GuardOptions,
): ReadableStream<Uint8Array> {
  const { signal } = controller
  const reader = body?.getReader()
  let isOver = false
  let onAbort: (() => void) | undefined
  const end = (): void => {
    if (isOver) return
    isOver = true
    if (onAbort) signal.removeEventListener('abort', onAbort)
    onEnd()
  }
  return new ReadableStream<Uint8Array>(
    {
      start(sink) {
        // Also without a reader: an abandoned download must give its slot back.
        onAbort = (): void => {
          end()
          reader?.cancel().catch(() => undefined)
          sink.error(signal.reason)
        }
        signal.addEventListener('abort', onAbort, { once: true })
      },
      async pull(sink) {
        const waitMs = Math.min(idleTimeoutMs, deadline - clock.now())
        const timer = clock.setTimer(() => controller.abort(silent(waitMs, idleTimeoutMs, facts())), waitMs)
        try {
          const { done, value } = reader ? await abortable(reader.read(), signal) : { done: true, value: undefined }
          if (value) sink.enqueue(value)
          if (!done) return
          end()
          sink.close()
        } catch (error) {
          end()
          throw failureOf(error, signal, facts())
        } finally {
          timer.cancel()
        }
      },
      async cancel(reason) {
        end()
        controller.abort(reason)
        await reader?.cancel(reason).catch(() => undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

function silent(waitMs: number, idleTimeoutMs: number, facts: ExportsErrorFacts): ExportsError {
  return waitMs < idleTimeoutMs
    ? pastDeadline(facts, 'The download was not done')
    : timedOut(`The download was silent for ${idleTimeoutMs} ms`, 'idleTimeoutMs', facts)
}
