import type { Clock } from '@hood-exports/provider'
import { createMock } from '../mock.ts'
import type { Mock, MockOptions } from '../mock.ts'

export const LIST = '/v1/hood/exports'
export const RETRY = '/v1/hood/exports/1000000/retry'
export const CREATE = '/v1/hood/quick-reports/1000000/export'
export const AUTHORIZATION = 'Bearer any'

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`; sleeps that are long enough end. */
  advance(ms: number): void
  /** The lengths of the sleeps so far. */
  readonly slept: readonly number[]
}

export function manualClock(startMs = 0): ManualClock {
  let nowMs = startMs
  const slept: number[] = []
  let sleepers: { readonly wakeAt: number; readonly wake: () => void }[] = []
  return {
    slept,
    now: () => nowMs,
    sleep: (ms) => {
      slept.push(ms)
      return new Promise((resolve) => {
        if (ms <= 0) resolve()
        else sleepers.push({ wakeAt: nowMs + ms, wake: resolve })
      })
    },
    advance: (ms) => {
      nowMs += ms
      const awake = sleepers.filter(({ wakeAt }) => wakeAt <= nowMs)
      sleepers = sleepers.filter(({ wakeAt }) => wakeAt > nowMs)
      for (const { wake } of awake) wake()
    },
  }
}

export interface AskOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** A POST with a body of JSON; a text is sent as it is. */
export function post(body: unknown, headers: Readonly<Record<string, string>> = {}): AskOptions {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }
}

/** An answer, read to its end. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The body, if it is JSON. */
  readonly json: unknown
}

export interface MockBench {
  readonly mock: Mock
  readonly clock: ManualClock
  /** Sends a request with a token, without reading the body. */
  send(path: string, options?: AskOptions): Promise<Response>
  ask(path: string, options?: AskOptions): Promise<Reply>
}

/** A mock in virtual time, that fails the test when it meets an error it cannot explain. */
export async function mockBench({
  startMs = 0,
  ...options
}: MockOptions & { readonly startMs?: number } = {}): Promise<MockBench> {
  const clock = manualClock(startMs)
  const mock = await createMock({
    clock,
    onError: (error) => {
      throw error
    },
    ...options,
  })
  const send: MockBench['send'] = (path, { method = 'GET', headers, body, signal } = {}) =>
    mock.fetch(
      new Request(`http://mock.example${path}`, {
        method,
        headers: { authorization: AUTHORIZATION, ...headers },
        ...(body !== undefined && { body }),
        ...(signal !== undefined && { signal }),
      }),
    )
  return {
    mock,
    clock,
    send,
    ask: async (path, options) => {
      const response = await send(path, options)
      const text = await response.text()
      const isJson = response.headers.get('content-type') === 'application/json' && text !== ''
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text,
        json: isJson ? (JSON.parse(text) as unknown) : undefined,
      }
    },
  }
}
