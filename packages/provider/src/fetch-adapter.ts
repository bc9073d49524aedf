import type { AnswerBody, Exchange } from './answer.ts'
import { chunksOf } from './answer.ts'
import type { Call } from './call.ts'

export type Answerer = (call: Call) => Promise<Exchange>

/** Answers a `Request`. @throws the signal's reason when it is aborted; a TypeError for a scripted `drop` */
export async function answerRequest(request: Request, answer: Answerer): Promise<Response> {
  request.signal.throwIfAborted()
  return toResponse(request, await unlessAborted(request.signal, answer(toCall(request))))
}

function toCall(request: Request): Call {
  const { pathname, search, host } = new URL(request.url)
  return {
    method: request.method,
    path: pathname,
    search: search.slice(1),
    headers: { host, ...Object.fromEntries(request.headers) },
    signal: request.signal,
    body: request.body ?? undefined,
  }
}

/** Ends the wait for a scripted delay, or for a body, when the request is aborted. */
async function unlessAborted(signal: AbortSignal, exchange: Promise<Exchange>): Promise<Exchange> {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => {
    reject(signal.reason)
    exchange.then(({ end }) => end()).catch(() => {})
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([exchange, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function toResponse(request: Request, { answer, end }: Exchange): Response {
  const { status, headers, body } = answer
  if (body.kind === 'drop') {
    end()
    throw new TypeError('fetch failed', { cause: new Error('A scripted fault dropped the connection') })
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = request.method !== 'HEAD' && !NO_BODY.includes(status)
  if (body.kind !== 'bytes' && hasBody) {
    return new Response(streamOf(body, end, request.signal), { status, headers: lines })
  }
  end()
  if (body.kind === 'bytes' && status !== 204) lines.push(['content-length', String(body.bytes.length)])
  return new Response(body.kind === 'bytes' && hasBody ? body.bytes : null, { status, headers: lines })
}

const NO_BODY = [204, 205, 304]

function streamOf(body: AnswerBody, end: () => void, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks = chunksOf(body)
  let finish = end
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const onAbort = (): void => {
          finish()
          controller.error(signal.reason)
        }
        finish = () => {
          signal.removeEventListener('abort', onAbort)
          end()
        }
        signal.addEventListener('abort', onAbort, { once: true })
      },
      pull: async (controller) => {
        try {
          const { done, value } = await chunks.next()
          if (done !== true) return controller.enqueue(value)
          controller.close()
        } catch (error) {
          controller.error(error)
        }
        return finish()
      },
      cancel: async () => {
        finish()
        await chunks.return()
      },
    },
    { highWaterMark: 0 },
  )
}
