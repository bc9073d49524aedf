import type { Exchange } from '../api.ts'
import type { AnswerBody } from './answer.ts'
import type { Call } from './call.ts'
import { MAX_BODY_BYTES } from './call.ts'
import { CORS_HEADERS } from './cors.ts'

export function toCall(request: Request): Call {
  const { pathname, search } = new URL(request.url)
  return {
    method: request.method,
    path: pathname,
    search: search.slice(1),
    header: (name) => request.headers.get(name) ?? undefined,
    text: () => readText(request).catch(() => ''),
  }
}

async function readText(request: Request): Promise<string | undefined> {
  const text = await request.text()
  return Buffer.byteLength(text) > MAX_BODY_BYTES ? undefined : text
}

/** Does not wait for a scripted delay, or for a body, when the request is aborted. @throws the signal's reason */
export async function unlessAborted(signal: AbortSignal, exchange: Promise<Exchange> | Exchange): Promise<Exchange> {
  if (!(exchange instanceof Promise)) return exchange
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

/** @throws a TypeError for a scripted `drop`. */
export function toResponse(request: Request, { answer, end }: Exchange): Response {
  const { status, headers, body } = answer
  if (body.kind === 'drop') {
    end()
    throw new TypeError('fetch failed', {
      cause: new Error('The sandbox dropped the connection, as the request asked'),
    })
  }
  const init = { status, headers: { ...CORS_HEADERS, ...headers } }
  if (status === 204) {
    end()
    return new Response(null, init)
  }
  if (body.kind === 'bytes') {
    end()
    const withLength = { ...init, headers: { ...init.headers, 'content-length': String(body.bytes.length) } }
    return new Response(request.method === 'HEAD' ? null : body.bytes, withLength)
  }
  if (request.method === 'HEAD') {
    end()
    return new Response(null, init)
  }
  return new Response(streamOf(body, end, request.signal), init)
}

function streamOf(body: AnswerBody, end: () => void, signal: AbortSignal): ReadableStream<Uint8Array> {
  const chunks = chunksOf(body)[Symbol.iterator]()
  const abort = (controller: ReadableStreamDefaultController<Uint8Array>) => (): void => {
    end()
    controller.error(signal.reason)
  }
  let onAbort = (): void => {}
  const finish = (): void => {
    signal.removeEventListener('abort', onAbort)
    end()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        onAbort = abort(controller)
        signal.addEventListener('abort', onAbort, { once: true })
      },
      pull: (controller) => {
        try {
          const { done, value } = chunks.next()
          if (done !== true) return controller.enqueue(value)
          finish()
          return controller.close()
        } catch (error) {
          finish()
          return controller.error(error)
        }
      },
      cancel: finish,
    },
    { highWaterMark: 0 },
  )
}

/** The bytes of a body; a `cut` ends with an error instead of an end. */
export function* chunksOf(body: AnswerBody): Generator<Uint8Array, void, undefined> {
  switch (body.kind) {
    case 'bytes':
      yield body.bytes
      return
    case 'chunks':
      yield* body.chunks()
      return
    case 'cut': {
      let left = body.afterBytes
      // A body that is announced with its length and fits is whole: there is nothing left to cut.
      if (body.of.kind === 'bytes' && body.of.bytes.length <= left) return yield body.of.bytes
      for (const chunk of chunksOf(body.of)) {
        const part = chunk.subarray(0, left)
        if (part.length > 0) yield part
        left -= part.length
        if (left === 0) break
      }
      throw new TypeError('terminated', { cause: new Error('The sandbox cut the body, as the request asked') })
    }
    case 'drop':
      return
    default:
      return body satisfies never
  }
}
