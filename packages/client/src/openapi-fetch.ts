import { PATHS } from '@hood-exports/openapi'
import type { paths } from '@hood-exports/openapi/types'
import createClient from 'openapi-fetch'
import type { Client } from 'openapi-fetch'
import { answerOf, isErrorBody } from './answer.ts'
import type { Answer } from './answer.ts'
import { isExportsError } from './errors.ts'
import { invalidOption } from './failures.ts'
import { guardedStream } from './guarded-stream.ts'
import type { Call, Transport } from './transport.ts'

/** The openapi-fetch client of the API. */
export type RawClient = Client<paths>

// The API joins lists with commas; openapi-fetch repeats the name unless told.
const querySerializer = { array: { style: 'form', explode: false } } as const

/**
 * openapi-fetch itself, over the same limiter, retries, deadlines and token. `data` and `error` are always of the
 * documented shapes: what is not (a proxy's page, an empty or broken body, no answer) rejects with an `ExportsError`.
 */
export function createRawClient({ baseUrl, send }: Transport): RawClient {
  const signals = new WeakMap<Request, AbortSignal>()
  class RememberingRequest extends Request {
    /** A middleware gives back a plain `Request`, which openapi-fetch compares with this class. */
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof globalThis.Request
    }

    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, init)
      if (init?.signal) signals.set(this, init.signal)
    }
  }
  return createClient<paths>({
    baseUrl,
    querySerializer,
    Request: RememberingRequest,
    async fetch(request: Request) {
      const { method } = request
      if (method !== 'GET' && method !== 'POST')
        throw invalidOption('method', method, 'is not documented', ['GET', 'POST'])
      const isDownload = new URL(request.url).pathname.endsWith(PATHS.download.slice(PATHS.view.length))
      const { headers } = request
      const call: Call = {
        operation: 'raw',
        method,
        payload: method === 'POST' ? (await request.text()) || undefined : undefined,
        body: isDownload ? guardedStream : 'json',
        // A request that a middleware has made follows the caller's signal by itself.
        signal: signals.get(request) ?? request.signal,
        headers,
      }
      try {
        return toResponse(await send(request.url, call))
      } catch (error) {
        const answer = isExportsError(error) ? answerOf(error) : undefined
        if (!answer || !isErrorBody(answer.json)) throw error
        return toResponse(answer)
      }
    },
  })
}

function toResponse({ status, headers, text, stream }: Answer): Response {
  return new Response(stream ?? text, { status, headers })
}
