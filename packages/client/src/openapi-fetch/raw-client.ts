import { PATHS } from '@hood-exports/openapi'
import type { paths } from '@hood-exports/openapi/types'
import createClient from 'openapi-fetch'
import type { Client } from 'openapi-fetch'
import { answerOf, isErrorBody } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { isExportsError } from '../errors.ts'
import { invalidOption } from '../failures.ts'
import { guardedStream } from '../guarded-stream.ts'
import { post } from '../post.ts'
import type { Transport } from '../transport.ts'

/** The openapi-fetch client of the API. */
export type RawClient = Client<paths>

// The API joins lists with commas; openapi-fetch repeats the name by default.
const querySerializer = { array: { style: 'form', explode: false } } as const

const DOWNLOAD_SUFFIX = PATHS.download.slice(PATHS.view.length)

/**
 * openapi-fetch itself, over the same limiter, retries, deadlines and token. `data` and `error` are always of the
 * documented shapes: what is not (a proxy's page, an empty or broken body, no answer) rejects with an `ExportsError`.
 */
export function createRawClient({ baseUrl, send }: Transport): RawClient {
  return createClient<paths>({ baseUrl, querySerializer, fetch: (request) => fetchOver(send, request) })
}

/** `fetch`, over the client's own path. */
async function fetchOver(send: Transport['send'], request: Request): Promise<Response> {
  const { method, url, headers, signal } = request
  if (method !== 'GET' && method !== 'POST') {
    throw invalidOption('method', method, 'is not documented', ['GET', 'POST'])
  }
  try {
    return toResponse(
      await send(url, {
        operation: 'raw',
        post: method === 'POST' ? post((await request.text()) || undefined) : undefined,
        body: new URL(url).pathname.endsWith(DOWNLOAD_SUFFIX) ? guardedStream : 'json',
        signal,
        // Kept as long as the call: without its request, a signal loses its caller's abort (nodejs/undici#4068).
        request,
        headers,
      }),
    )
  } catch (error) {
    const answer = isExportsError(error) ? answerOf(error) : undefined
    if (!answer || !isErrorBody(answer.json)) throw error
    return toResponse(answer)
  }
}

function toResponse({ status, headers, text, stream }: Answer): Response {
  return new Response(stream ?? text, { status, headers })
}
