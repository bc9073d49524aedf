import { randomUUID } from 'node:crypto'
import type { Page } from '@hood-exports/openapi/pages'
import { SandboxClosed, createApi } from './api.ts'
import type { Exchange } from './api.ts'
import { DEFAULT_MAKING_SECONDS, START_TIME_MS } from './choices.ts'
import { answerControl, controlIsOff } from './control.ts'
import { DEMO_TOKENS, MAX_ITEMS, demoAccountFacts, demoAccounts } from './data/account.ts'
import { checkAccounts } from './data/account-check.ts'
import type { AccountSetup } from './data/account.ts'
import { IN_MEMORY, openDatabase } from './data/database.ts'
import { MAX_SECONDS, sandboxTime } from './data/sandbox-time.ts'
import { formatTimestamp } from './data/timestamp.ts'
import { inspectSchema } from './data/schema.ts'
import { createData } from './data/seed.ts'
import { bytesBody } from './http/answer.ts'
import type { Answer } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { originOf } from './http/call.ts'
import { PREFLIGHT_HEADERS } from './http/cors.ts'
import { errorAnswer } from './http/error-answer.ts'
import { toCall, toResponse, unlessAborted } from './http/fetch-edge.ts'
import { routeOf } from './http/route.ts'
import type { Clock } from './limits/clock.ts'
import { systemClock } from './limits/clock.ts'
import { VENDOR_LIMITS, checkLimits } from './limits/limit-options.ts'
import type { LimitOption } from './limits/limit-options.ts'
import { createLimiter } from './limits/limiter.ts'
import type { HeaderWindow } from './limits/limiter.ts'
import type { WindowStart } from './limits/window.ts'
import { homePage } from './pages/home-page.ts'
import { referenceOf } from './pages/reference.ts'
import { applyState } from './provider-states.ts'
import type { Nulls, Numbers } from './query/item-reader.ts'

/** When the time of a sandbox begins. */
export type StartTime = 'fixed' | 'now'

export interface SandboxOptions {
  /** A file that keeps the state; several processes may share it. Default: in memory. */
  readonly database?: string
  /**
   * When the time of a new sandbox begins: `fixed` is 2026-01-01, so that the same seed gives the same bytes on every
   * day; `now` makes its newest exports today's. Default `fixed`. Ignored when the file has data already.
   */
  readonly startTime?: StartTime
  /** Exports of the main account, 0 to 100,000,000. Default 1,000. Ignored when the file has data already. */
  readonly items?: number
  /** Which data is made up; the same seed gives the same bytes. Default 1. */
  readonly seed?: number
  /** Accounts beside the demo accounts. */
  readonly accounts?: readonly AccountSetup[]
  /** Default: the system's clock. Without `sleep`, scripted delays use the system's timers. */
  readonly clock?: Pick<Clock, 'now'> & Partial<Clock>
  /** `on`: the vendor's two windows. `off`: counted and told in the headers, but nothing is refused. Default `on`. */
  readonly limits?: LimitOption
  /** When the windows of an account begin. Default: at whole multiples of their length since the epoch. */
  readonly windowStart?: WindowStart
  /** The window that `X-RateLimit-*` describes. Default `longest`. */
  readonly rateLimitHeaders?: HeaderWindow
  /** How a member without a value is sent: as null, or not at all. The vendor does not say. Default `sent`. */
  readonly nulls?: Nulls
  /** How `total`, `size` and the counts are sent: as numbers, or as strings of digits. Default `number`. */
  readonly numbers?: Numbers
  /**
   * How long making an export takes, by a request or a retry, in whole seconds. Default 2. The provider state
   * `making an export takes` goes before.
   */
  readonly makingSeconds?: number
  /** Whether the header `X-Sandbox-Fault` scripts faults. Default `off`: it is a 400. */
  readonly faults?: 'on' | 'off'
  /** Whether `/_sandbox/states` sets provider states over HTTP. Default `off`. */
  readonly control?: 'on' | 'off'
  /** Makes the `id` of long running operations. Default: random UUIDs. */
  readonly newOperationId?: () => string
  /** Makes the `trace_id` of errors. Default: random UUIDs. */
  readonly newTraceId?: () => string
  /** Told of an error that the sandbox cannot explain; the caller gets a 500. Default: `console.error`. */
  readonly onError?: (error: unknown) => void
}

export interface Sandbox {
  /**
   * Answers a request in process. The host in its URL does not matter.
   *
   * @throws the signal's reason when the request is aborted; a TypeError for a scripted `drop`; an Error after `close`.
   */
  fetch(request: Request): Promise<Response>
  /** Tokens of the demo accounts. */
  readonly tokens: typeof DEMO_TOKENS
  /**
   * Puts the sandbox into a Pact provider state.
   *
   * @throws Error that names the known states, accounts or values.
   */
  setState(name: string, parameters?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  /** For servers in front of it: answers without making a `Response`. */
  exchange(call: Call): Promise<Exchange> | Exchange
  close(): void
}

/** @throws RangeError for options out of their bounds; Error when the database file cannot be used. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { items = 1_000, seed = 1, limits = 'on', nulls = 'sent', numbers = 'number' } = options
  const { faults = 'off', control = 'off', makingSeconds = DEFAULT_MAKING_SECONDS } = options
  const { newTraceId = randomUUID, newOperationId = randomUUID, onError = console.error } = options
  if (!Number.isSafeInteger(items) || items < 0 || items > MAX_ITEMS) {
    throw new RangeError(`items: ${items}; give a whole number from 0 to ${MAX_ITEMS}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: ${seed}; give a whole number`)
  if (!Number.isSafeInteger(makingSeconds) || makingSeconds < 0 || makingSeconds > MAX_SECONDS) {
    throw new RangeError(`makingSeconds: ${makingSeconds}; give a whole number from 0 to ${MAX_SECONDS}`)
  }
  const chosenLimits = typeof limits === 'string' ? VENDOR_LIMITS : limits
  checkLimits(chosenLimits)

  const windowStart = options.windowStart ?? { kind: 'clock', phaseMs: 0 }
  if (windowStart.kind === 'clock' && !Number.isFinite(windowStart.phaseMs)) {
    throw new RangeError(`windowStart: a phase of ${windowStart.phaseMs} ms; give milliseconds`)
  }
  const accounts = [...demoAccounts(items), ...(options.accounts ?? [])]
  checkAccounts(accounts)

  const clock: Clock = { sleep: systemClock.sleep, ...options.clock, now: () => (options.clock ?? systemClock).now() }
  const database = openDatabase(options.database ?? IN_MEMORY)
  const startMs = options.startTime === 'now' ? Math.floor(clock.now() / 1000) * 1000 : START_TIME_MS
  try {
    database.ensure(
      () => inspectSchema(database) === 'empty',
      () => createData(database, { accounts, seed, now: startMs / 1000, offsetMs: startMs - clock.now() }),
    )
  } catch (error) {
    database.close()
    throw error
  }
  const time = sandboxTime(database, clock)
  const limiter = createLimiter(database, {
    limits: chosenLimits,
    mode: limits === 'off' ? 'count-only' : 'refuse',
    start: windowStart,
    headerWindow: options.rateLimitHeaders ?? 'longest',
    clock,
  })
  const form = { nulls, numbers }
  const api = createApi({ database, time, limiter, clock, faults, form, makingSeconds, newOperationId, newTraceId })
  const setups = new Map(accounts.map((account) => [account.name, account]))
  const setState: Sandbox['setState'] = async (name, parameters = {}) =>
    applyState({ database, time, setups, setOverlay: api.setOverlay, refillQuotas: limiter.refill }, name, parameters)

  let isClosed = false
  const unexpected = (error: unknown): Exchange => {
    if (error instanceof SandboxClosed) throw error
    onError(error)
    return withoutEnd(errorAnswer({ status: 500, traceId: newTraceId() }))
  }
  const home = (origin: string): Page =>
    homePage({
      origin,
      accounts: demoAccountFacts(database),
      limits: chosenLimits,
      refusals: limits === 'off' ? 'off' : 'on',
      faults,
      control,
      now: formatTimestamp(time.now()),
    })
  const exchange: Sandbox['exchange'] = (call) => {
    if (isClosed) throw new SandboxClosed()
    const route = routeOf(call.path)
    try {
      if (call.method === 'OPTIONS') return withoutEnd(PREFLIGHT)
      if (route.kind === 'home' && isReading(call)) return withoutEnd(pageAnswer(home(originOf(call))))
      if (route.kind === 'reference' && isReading(call))
        return withoutEnd(pageAnswer(referenceOf(originOf(call), faults)))
      if (route.kind === 'control') {
        if (control === 'off') return withoutEnd(controlIsOff(newTraceId()))
        return answerControl(call, route.action, { setState, newTraceId }).then(withoutEnd, unexpected)
      }
      const given = api.answer(call, route)
      return given instanceof Promise ? given.catch(unexpected) : given
    } catch (error) {
      return unexpected(error)
    }
  }
  return {
    tokens: DEMO_TOKENS,
    setState,
    exchange,
    fetch: async (request) => {
      request.signal.throwIfAborted()
      return toResponse(request, await unlessAborted(request.signal, exchange(toCall(request))))
    },
    close: () => {
      if (isClosed) return
      isClosed = true
      api.close()
      limiter.close()
      database.close()
    },
  }
}

function isReading({ method }: Call): boolean {
  return method === 'GET' || method === 'HEAD'
}

function pageAnswer({ headers, text }: Page): Answer {
  return { status: 200, headers, body: bytesBody(text) }
}

function withoutEnd(answer: Answer): Exchange {
  return { answer, end: () => {} }
}

/** Browsers ask before they send a token. */
const PREFLIGHT: Answer = { status: 204, headers: PREFLIGHT_HEADERS, body: bytesBody('') }
