import type { AnswerBody, Exchange } from './answer.ts'
import { chunksOf } from './answer.ts'
import type { Call } from './call.ts'
import { CORS_HEADERS } from './cors.ts'

export function toCall(request: Request): Call {
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

/** @throws a TypeError for a scripted `drop`. */
export function toResponse(request: Request, { answer, end }: Exchange): Response {
  const { status, headers, body } = answer
  if (body.kind === 'drop') {
    end()
    throw new TypeError('fetch failed', { cause: new Error('The mock dropped the connection, as it was asked to') })
  }
  const all = Object.entries({ ...CORS_HEADERS, ...headers }).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  )
  const hasBody = request.method !== 'HEAD' && !NO_BODY.includes(status)
  if (body.kind !== 'bytes' && hasBody) {
    return new Response(streamOf(body, end, request.signal), { status, headers: all })
  }
  end()
  if (body.kind === 'bytes' && status !== 204) all.push(['content-length', String(body.bytes.length)])
  const content = body.kind === 'bytes' && hasBody ? body.bytes : null
  return new Response(content, { status, headers: all })
}

const NO_BODY = [204, 205, 304]

function streamOf(body: AnswerBody, end: () => void, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks = chunksOf(body)
  let onAbort = (): void => {}
  const finish = (): void => {
    signal.removeEventListener('abort', onAbort)
    end()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        onAbort = () => {
          finish()
          controller.error(signal.reason)
        }
        signal.addEventListener('abort', onAbort, { once: true })
      },
      pull: async (controller) => {
        try {
          const { done, value } = await chunks.next()
          if (done !== true) return controller.enqueue(value)
          finish()
          return controller.close()
        } catch (error) {
          finish()
          return controller.error(error)
        }
      },
      cancel: async () => {
        finish()
        await chunks.return()
      },
    },
    { highWaterMark: 0 },
  )
}
