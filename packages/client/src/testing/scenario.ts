import { document } from '@hood-exports/openapi/document'
import type { Clock } from '../clock.ts'

/** How one request is answered instead of the usual way. */
export type Scenario =
  /** A documented error, with the body of the spec's example; 429 with `retryAfterS`, default 1, or -1. */
  | { readonly kind: 'status'; readonly status: 400 | 401 | 404 | 429 | 500; readonly retryAfterS?: number | string }
  /** Any answer. */
  | {
      readonly kind: 'answer'
      readonly status?: number
      readonly body?: string
      readonly headers?: Record<string, string>
    }
  /** No connection: `fetch` rejects. */
  | { readonly kind: 'network'; readonly code?: string }
  /** The answer breaks off after `bytes` of its body. */
  | { readonly kind: 'cut-body'; readonly bytes: number }
  /** The usual answer, after a while on the clock. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** No answer, until the request is aborted. */
  | { readonly kind: 'silent' }
  /** The head of the answer, and then a body that never goes on after `bytes`. */
  | { readonly kind: 'stalled-body'; readonly bytes: number }

/** Plays a scenario around the usual answer. */
export async function play(scenario: Scenario, usual: () => Response, { signal, clock }: Stage): Promise<Response> {
  switch (scenario.kind) {
    case 'status':
      return documented(
        scenario.status,
        scenario.status === 429 ? { 'Retry-After': String(scenario.retryAfterS ?? 1) } : {},
      )
    case 'answer':
      return new Response(scenario.body ?? '', { status: scenario.status ?? 200, headers: scenario.headers ?? {} })
    case 'network':
      throw networkFailure(scenario.code ?? 'ECONNREFUSED')
    case 'cut-body':
      return partial(usual(), scenario.bytes, (sink) => sink.error(networkFailure('UND_ERR_SOCKET')))
    case 'stalled-body':
      return partial(usual(), scenario.bytes, (sink) =>
        signal?.addEventListener('abort', () => sink.error(signal.reason), { once: true }),
      )
    case 'slow':
      await aborted<undefined>(signal, (resolve) => void clock.setTimer(() => resolve(undefined), scenario.ms))
      return usual()
    case 'silent':
      return aborted(signal, () => undefined)
  }
}

/** What each kind of scenario may say besides its kind. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'retryAfterS'],
  answer: ['status', 'body', 'headers'],
  network: ['code'],
  'cut-body': ['bytes'],
  slow: ['ms'],
  silent: [],
  'stalled-body': ['bytes'],
} satisfies Record<Scenario['kind'], readonly string[]>

/** @throws RangeError for what is no scenario, when the test is arranged and not when it is played. */
export function checkScenario(scenario: Scenario): void {
  const { kind, status, ...rest } = scenario as { kind: string; status?: number }
  const shown = JSON.stringify(scenario)
  const members = MEMBERS[kind]
  if (!members) throw new RangeError(`${shown} is no scenario: its kind is none of ${Object.keys(MEMBERS).join(', ')}`)
  const unknown = Object.keys(rest).find((name) => !members.includes(name))
  if (unknown !== undefined) {
    throw new RangeError(`${shown}: "${unknown}" is no member of it. Allowed: ${['kind', ...members].join(', ')}`)
  }
  if (kind !== 'status' || bodyOf(status) !== undefined) return
  throw new RangeError(
    `${shown}: the spec documents no error ${status}; use { kind: 'answer', status, body } for others`,
  )
}

interface Stage {
  readonly signal: AbortSignal | null | undefined
  readonly clock: Clock
}

interface Responses {
  readonly components: {
    readonly responses: Record<
      string,
      {
        readonly content: {
          readonly 'application/json': { readonly examples: Record<string, { readonly value: { code: number } }> }
        }
      }
    >
  }
}

/** An error as the spec's example shows it. */
export function documented(status: number, headers: Record<string, string>): Response {
  return Response.json(bodyOf(status), { status, headers })
}

function bodyOf(status: number | undefined): unknown {
  const { responses } = (document as unknown as Responses).components
  const bodies = Object.values(responses).flatMap(({ content }) => Object.values(content['application/json'].examples))
  return bodies.find(({ value }) => value.code === status)?.value
}

function partial(
  usual: Response,
  bytes: number,
  then: (sink: ReadableStreamDefaultController<Uint8Array>) => void,
): Response {
  const whole = usual.arrayBuffer()
  let isSent = false
  const body = new ReadableStream<Uint8Array>({
    async pull(sink) {
      if (!isSent) sink.enqueue(new Uint8Array(await whole).slice(0, bytes))
      if (isSent) then(sink)
      isSent = true
    },
  })
  return new Response(body, usual)
}

function aborted<Value>(
  signal: AbortSignal | null | undefined,
  start: (resolve: (value: Value) => void) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason as Error)
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    start(resolve)
  })
}

/** What Node's `fetch` rejects with. */
function networkFailure(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${code} (simulated)`), { code }) })
}
