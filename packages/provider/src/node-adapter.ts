import type { IncomingMessage, ServerResponse } from 'node:http'
import { chunksOf } from './answer.ts'
import type { AnswerBody, Exchange } from './answer.ts'
import { splitTarget } from './call.ts'
import type { Call } from './call.ts'
import { drained } from './drained.ts'

export function callOf(request: IncomingMessage, response: ServerResponse): Call {
  const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers
  let signal: AbortSignal | undefined
  return {
    method: request.method ?? 'GET',
    ...splitTarget(request.url ?? '/'),
    headers: joined(request.headers),
    body: hasBody ? (request as AsyncIterable<Uint8Array>) : undefined,
    // Made on first use: most answers do not wait.
    get signal() {
      signal ??= closingOf(response)
      return signal
    },
  }
}

function joined(headers: IncomingMessage['headers']): Readonly<Record<string, string>> {
  const several = headers['set-cookie']
  return (several === undefined ? headers : { ...headers, 'set-cookie': several.join(', ') }) as Record<string, string>
}

function closingOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  if (response.destroyed) controller.abort()
  else response.once('close', () => controller.abort())
  return controller.signal
}

/** Writes an answer. Ends the exchange when the last byte is handed over or the caller has gone. */
export function sendAnswer(request: IncomingMessage, response: ServerResponse, { answer, end }: Exchange): void {
  const { status, headers, body } = answer
  if (response.destroyed) return end()
  response.once('close', end)
  if (body.kind === 'drop') {
    response.destroy()
    return undefined
  }
  const length = lengthOf(body)
  response.writeHead(status, {
    ...headers,
    ...(length !== undefined && status !== 204 && { 'content-length': length }),
  })
  if (request.method === 'HEAD') response.end()
  else if (body.kind === 'bytes') response.end(body.bytes)
  else void pump(response, body)
  return undefined
}

function lengthOf(body: AnswerBody): number | undefined {
  const whole = body.kind === 'cut' ? body.of : body
  return whole.kind === 'bytes' ? whole.bytes.length : undefined
}

const NO_BYTES = new Uint8Array()

/** As fast as the reader reads: the next chunk is asked for when the socket has taken the last one. */
async function pump(response: ServerResponse, body: AnswerBody): Promise<void> {
  // The head goes out at once. `flushHeaders` would write it as UTF-8, while its bytes were read one by one.
  response.write(NO_BYTES)
  try {
    for await (const chunk of chunksOf(body)) {
      if (response.destroyed) return
      if (!response.write(chunk)) await drained(response)
    }
    response.end()
  } catch {
    // A cut: what was written goes out first, and then the connection ends before its message does.
    response.socket?.end()
  }
}
