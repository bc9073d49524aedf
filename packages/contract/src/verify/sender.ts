import { subscribe } from 'node:diagnostics_channel'
import { target } from './test-request.ts'
import type { TestRequest } from './test-request.ts'
import { authorization } from './credential.ts'
import type { Tokens } from './credential.ts'
import type { Exchange } from './exchange.ts'
import type { Clock } from './pace.ts'

export interface SenderOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly tokens: Tokens
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly clock: Clock
  /** Milliseconds until an answer must have come to its end. */
  readonly timeoutMs: number
}

/** Hosts that have accepted a connection. */
const connected = new Set<unknown>()
subscribe('undici:client:connected', (message) => {
  connected.add((message as { connectParams?: { host?: unknown } }).connectParams?.host)
})

/** Sends one request and reads its answer to the end. It never follows a redirect: that would show the token around. */
export async function send(
  request: TestRequest,
  { baseUrl, tokens, fetch, clock, timeoutMs }: SenderOptions,
): Promise<Exchange> {
  const header = authorization(request.credential, tokens)
  // A timer of its own: an answer that never ends must end the wait even where the clock of the run stands still.
  const signal = AbortSignal.timeout(timeoutMs)
  const sentAtMs = clock.now()
  let stage: 'connect' | 'head' | 'body' = 'head'
  try {
    const response = await fetch(`${baseUrl}${target(request)}`, {
      method: request.method,
      headers: {
        accept: request.operation === 'download' ? '*/*' : 'application/json',
        'user-agent': 'hood-contract',
        ...(header === undefined ? {} : { authorization: header }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body !== undefined && { body: request.body }),
      redirect: 'manual',
      signal,
    })
    const [headAtMs, headAtWallMs] = [clock.now(), clock.wallNow()]
    stage = 'body'
    const bytes = await readAll(response, signal)
    const { status, headers: answered } = response
    return { kind: 'answer', request, status, headers: answered, bytes, sentAtMs, headAtMs, headAtWallMs }
  } catch (error) {
    if (signal.aborted) {
      return {
        kind: 'no-answer',
        request,
        sentAtMs,
        stage: 'timeout',
        reason: timeoutReason({
          hasBegun: stage === 'body',
          isConnected: connected.has(new URL(baseUrl).host),
          timeoutMs,
        }),
      }
    }
    const code = codeOf(error)
    if (CONNECT_CODES.includes(code ?? '')) stage = 'connect'
    return { kind: 'no-answer', request, sentAtMs, stage, reason: reasonOf(error), ...(code !== undefined && { code }) }
  }
}

interface Timeout {
  readonly hasBegun: boolean
  readonly isConnected: boolean
  readonly timeoutMs: number
}

function timeoutReason({ hasBegun, isConnected, timeoutMs }: Timeout): string {
  const time = `in ${timeoutMs / 1_000} s`
  if (hasBegun) return `the answer began, and did not end ${time}`
  return isConnected ? `the connection was accepted, but no answer came ${time}` : `no answer came ${time}`
}

/** A stream that stands still keeps `arrayBuffer()` waiting for ever, signal or not, when it is not the network's. */
async function readAll(response: Response, signal: AbortSignal): Promise<Uint8Array> {
  const { promise: timedOut, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return new Uint8Array(await Promise.race([response.arrayBuffer(), timedOut]))
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

const CONNECT_CODES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

function codeOf(error: unknown): string | undefined {
  const { cause } = error as { cause?: { code?: unknown } }
  return typeof cause?.code === 'string' ? cause.code : undefined
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  // What fetch says by itself is no more than that it failed.
  const reason = cause instanceof Error ? cause.message || codeOf(error) : undefined
  return (reason ?? error.message).replaceAll(/\s+/g, ' ').trim()
}
