import { target } from './ask.ts'
import type { Ask } from './ask.ts'
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

/** Sends one request and reads its answer to the end. It never follows a redirect: that would show the token around. */
export async function send(ask: Ask, { baseUrl, tokens, fetch, clock, timeoutMs }: SenderOptions): Promise<Exchange> {
  const header = authorization(ask.credential, tokens)
  // A timer of its own: an answer that never ends must end the wait even where the clock of the run stands still.
  const signal = AbortSignal.timeout(timeoutMs)
  const sentAtMs = clock.now()
  let stage: 'connect' | 'head' | 'body' = 'head'
  try {
    const response = await fetch(`${baseUrl}${target(ask)}`, {
      method: ask.method,
      headers: {
        accept: ask.operation === 'download' ? '*/*' : 'application/json',
        'user-agent': 'hood-contract',
        ...(header === undefined ? {} : { authorization: header }),
        ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(ask.body !== undefined && { body: ask.body }),
      redirect: 'manual',
      signal,
    })
    const [headAtMs, headAtWallMs] = [clock.now(), clock.wallNow()]
    stage = 'body'
    const bytes = await readAll(response, signal)
    const { status, headers: answered } = response
    return { kind: 'answer', ask, status, headers: answered, bytes, sentAtMs, headAtMs, headAtWallMs }
  } catch (error) {
    if (isUnreachable(error)) stage = 'connect'
    const reason = signal.aborted ? `no complete answer within ${timeoutMs / 1000} s` : reasonOf(error)
    return { kind: 'broken', ask, stage, reason }
  }
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

const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

function isUnreachable(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } }
  return UNREACHABLE.includes(cause?.code ?? '')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  const reason = cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
  return reason.replaceAll(/\s+/g, ' ').trim()
}
