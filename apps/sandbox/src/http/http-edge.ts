import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from '../api.ts'
import { MAX_BODY_BYTES, splitTarget } from './call.ts'
import type { Call } from './call.ts'
import { CORS_HEADERS } from './cors.ts'
import { chunksOf } from './fetch-edge.ts'

export function callOf(request: IncomingMessage): Call {
  return {
    method: request.method ?? 'GET',
    ...splitTarget(originForm(request.url ?? '/')),
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    text: () => readText(request).catch(() => ''),
  }
}

/** A proxy's request names the whole URL (`GET http://host/path`). */
function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const path = /^https?:\/\/[^/?]*(.*)$/i.exec(target)?.[1]
  return path === undefined ? target : path.startsWith('/') ? path : `/${path}`
}

async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    if (length <= MAX_BODY_BYTES) chunks.push(chunk as Buffer)
  }
  return length > MAX_BODY_BYTES ? undefined : new TextDecoder().decode(Buffer.concat(chunks))
}

/** Writes an answer. Ends the exchange when the last byte is handed over or the caller has gone. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, { answer, end }: Exchange): void {
  const { status, headers, body } = answer
  response.once('close', end)
  if (response.destroyed) return end()
  if (body.kind === 'drop') {
    response.destroy()
    return undefined
  }
  const all = { ...CORS_HEADERS, ...headers }
  if (body.kind === 'bytes') {
    const { bytes } = body
    response.writeHead(status, status === 204 ? all : { ...all, 'content-length': bytes.length })
    response.end(request.method === 'HEAD' ? undefined : bytes)
    return undefined
  }
  const length = body.kind === 'cut' && body.of.kind === 'bytes' ? { 'content-length': body.of.bytes.length } : {}
  response.writeHead(status, { ...all, ...length })
  if (request.method === 'HEAD') response.end()
  else pump(response, chunksOf(body))
  return undefined
}

/** As fast as the reader reads: the next chunk is made when the socket has taken the last one. */
function pump(response: ServerResponse, chunks: Iterator<Uint8Array>): void {
  const next = (): void => {
    try {
      for (;;) {
        if (response.destroyed) return
        const { done, value } = chunks.next()
        if (done === true) {
          response.end()
          return
        }
        if (!response.write(value)) {
          response.once('drain', next)
          return
        }
      }
    } catch {
      // A scripted cut: what was written goes out first.
      response.write('', () => response.destroy())
    }
  }
  next()
}
