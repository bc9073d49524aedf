import type { Sandbox, SandboxOptions } from '../sandbox.ts'
import { createSandbox } from '../sandbox.ts'

/** A clock that stands still until it is moved. */
export interface ManualClock {
  now(): number
  sleep(ms: number): Promise<void>
  /** Moves on by `ms`; what has slept long enough wakes up. */
  advance(ms: number): void
  moveTo(nowMs: number): void
}

export function manualClock(startMs = 0): ManualClock {
  let nowMs = startMs
  let sleepers: { readonly wakeAt: number; readonly wake: () => void }[] = []
  const moveTo = (next: number): void => {
    nowMs = next
    const awake = sleepers.filter(({ wakeAt }) => wakeAt <= nowMs)
    sleepers = sleepers.filter(({ wakeAt }) => wakeAt > nowMs)
    for (const { wake } of awake) wake()
  }
  return {
    now: () => nowMs,
    sleep: (ms) =>
      ms <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            sleepers.push({ wakeAt: nowMs + ms, wake: resolve })
          }),
    advance: (ms) => moveTo(nowMs + ms),
    moveTo,
  }
}

export interface AskOptions {
  /** Default: the main account's. Null sends none. */
  readonly token?: string | null
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** In place of a body: what is sent as JSON, by POST. */
  readonly json?: unknown
  readonly signal?: AbortSignal
}

/** An answer, read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body, if it is JSON. */
  readonly json: unknown
}

export interface Bench {
  readonly sandbox: Sandbox
  readonly clock: ManualClock
  /** Sends a request, without reading the body. */
  send(path: string, options?: AskOptions): Promise<Response>
  ask(path: string, options?: AskOptions): Promise<Reply>
  /** Asks for a list that must be a 200. */
  list(search?: string, options?: AskOptions): Promise<{ total: number; items: Record<string, unknown>[] }>
}

export const LIST = '/v1/hood/exports'
export const REPORT = '/v1/hood/quick-reports/42/export'

/** A sandbox in virtual time, that fails the test when it meets an error it cannot explain. */
export function bench(options: SandboxOptions & { readonly startMs?: number } = {}): Bench {
  const { startMs = 0, ...rest } = options
  const clock = manualClock(startMs)
  const sandbox = createSandbox({
    clock,
    onError: (error) => {
      throw error
    },
    ...rest,
  })
  const send: Bench['send'] = async (
    path,
    { token = sandbox.tokens.main, json, method = json === undefined ? 'GET' : 'POST', headers, body, signal } = {},
  ) =>
    sandbox.fetch(
      new Request(`http://sandbox.example${path}`, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(body === undefined ? {} : { body }),
        ...(signal === undefined ? {} : { signal }),
      }),
    )
  const ask: Bench['ask'] = async (path, askOptions) => {
    const response = await send(path, askOptions)
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json' && text !== ''
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      json: isJson ? (JSON.parse(text) as unknown) : undefined,
    }
  }
  return {
    sandbox,
    clock,
    send,
    ask,
    list: async (search = '', askOptions) => {
      const { status, headers, json } = await ask(`${LIST}${search}`, askOptions)
      if (status !== 200) throw new Error(`${search}: ${status} ${headers['x-sandbox-reason']}`)
      return json as { total: number; items: Record<string, unknown>[] }
    },
  }
}
