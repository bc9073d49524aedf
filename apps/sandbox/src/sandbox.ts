import { randomUUID } from 'node:crypto'
import { checkLimits, createEdge, createFaults, parseFaults, seededRandom, systemClock } from '@hood-exports/provider'
import type { Clock, Edge, FaultOption, LimitOption, RecordedRequest } from '@hood-exports/provider'
import { document } from '@hood-exports/openapi/document'
import { createApi } from './api.ts'
import { completeChoices } from './choices.ts'
import type { Choices } from './choices.ts'
import { CONTROLS } from './control.ts'
import { DEMO_TOKENS, completeAccounts, demoAccountFacts } from './data/account.ts'
import { MAX_ITEMS } from './data/account-setup.ts'
import type { AccountSetup } from './data/account-setup.ts'
import { IN_MEMORY, openDatabase } from './data/database.ts'
import { MAX_SECONDS, sandboxTime } from './data/sandbox-time.ts'
import { formatTimestamp } from './data/timestamp.ts'
import { inspectSchema } from './data/schema.ts'
import { createData } from './data/seed.ts'
import { wordsOf } from './data/words.ts'
import { createLimiter } from './limits/limiter.ts'
import { limitsOf } from './limits/limits-of.ts'
import { DEFAULT_MAKING_SECONDS, START_TIME_MS } from './made-up.ts'
import { createOverlays } from './overlay.ts'
import { applyState } from './provider-states.ts'
import { parametersOf, routeOf } from './route.ts'

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
  /** For the made-up data, and for which requests a share of faults happens to; the same seed gives the same. Default 1. */
  readonly seed?: number
  /** Accounts beside the demo accounts. Ignored when the file has data already. */
  readonly accounts?: readonly AccountSetup[]
  /** Default: the system's clock. Without `sleep`, scripted delays use the system's timers. */
  readonly clock?: Pick<Clock, 'now'> & Partial<Clock>
  /** `on`: the vendor's two windows. `off`: counted and sent in the headers, but nothing is refused. Default `on`. */
  readonly limits?: LimitOption
  /** Milliseconds by which windows that follow the clock begin after whole multiples of their length. Default 0. */
  readonly windowPhaseMs?: number
  /** What the vendor leaves open, such as an account's profile. Those that are not given are as in `DEFAULT_CHOICES`. */
  readonly choices?: Partial<Choices>
  /**
   * How long making an export takes, by a request or a retry, in whole seconds. Default 2. The provider state
   * `making an export takes` goes before.
   */
  readonly makingSeconds?: number
  /** Default `on`: the header `X-Fault` scripts a request. */
  readonly faults?: FaultOption
  /** Whether `/_sandbox/states` sets provider states over HTTP. Default `off`. */
  readonly control?: 'on' | 'off'
  /** Makes the `id` of long running operations. Default: random UUIDs. */
  readonly newOperationId?: () => string
  /** Makes the `trace_id` of errors. Default: random UUIDs. */
  readonly newTraceId?: () => string
  /** Receives each request of the API as soon as its answer begins, without its token. */
  readonly onRequest?: ((request: RecordedRequest) => void) | undefined
  /** Receives an error that the sandbox cannot explain; the caller gets a 500. Default: `console.error`. */
  readonly onError?: (error: unknown) => void
}

export interface Sandbox extends Edge {
  /** Tokens of the demo accounts. */
  readonly tokens: typeof DEMO_TOKENS
  /**
   * Puts the sandbox into a Pact provider state.
   *
   * @throws Error that names the known states, accounts or values.
   */
  setState(name: string, parameters?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  close(): void
}

/** @throws RangeError for options out of their bounds; Error when the database file cannot be used. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { items = 1_000, seed = 1, limits = 'on' } = options
  const { faults = 'on', control = 'off', makingSeconds = DEFAULT_MAKING_SECONDS } = options
  const { newTraceId = randomUUID, newOperationId = randomUUID, onError = console.error } = options
  if (!Number.isSafeInteger(items) || items < 0 || items > MAX_ITEMS) {
    throw new RangeError(`items: ${items}; give a whole number from 0 to ${MAX_ITEMS}`)
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: ${seed}; give a whole number`)
  if (!Number.isSafeInteger(makingSeconds) || makingSeconds < 0 || makingSeconds > MAX_SECONDS) {
    throw new RangeError(`makingSeconds: ${makingSeconds}; give a whole number from 0 to ${MAX_SECONDS}`)
  }
  if (faults !== 'on' && faults !== 'off') parseFaults(faults)

  const choices = completeChoices(options.choices ?? {})
  const { windowPhaseMs = 0 } = options
  if (!Number.isFinite(windowPhaseMs)) throw new RangeError(`windowPhaseMs: ${windowPhaseMs}; give milliseconds`)
  const chosenLimits = typeof limits === 'string' ? limitsOf(choices) : limits
  checkLimits(chosenLimits)
  const words = wordsOf(choices)
  const accounts = completeAccounts(items, options.accounts)

  const clock: Clock = { sleep: systemClock.sleep, ...options.clock, now: () => (options.clock ?? systemClock).now() }
  const database = openDatabase(options.database ?? IN_MEMORY)
  const startMs = options.startTime === 'now' ? Math.floor(clock.now() / 1000) * 1000 : START_TIME_MS
  try {
    database.ensure(
      () => inspectSchema(database) === 'empty',
      () => createData(database, { accounts, seed, words, now: startMs / 1000, offsetMs: startMs - clock.now() }),
    )
  } catch (error) {
    database.close()
    throw error
  }
  const time = sandboxTime(database, clock)
  const limiter = createLimiter(database, {
    limits: chosenLimits,
    mode: limits === 'off' ? 'count-only' : 'refuse',
    choices,
    phaseMs: windowPhaseMs,
    clock,
  })
  const closing = new AbortController()
  const overlays = createOverlays()
  const api = createApi({
    overlays,
    database,
    time,
    limiter,
    clock,
    faults: createFaults({
      provider: 'sandbox',
      option: faults,
      random: seededRandom(seed),
      clock,
      closing: closing.signal,
    }),
    choices,
    makingSeconds,
    closing: closing.signal,
    newOperationId,
    newTraceId,
  })
  const setups = new Map(accounts.map((account) => [account.name, account]))
  const setState: Sandbox['setState'] = async (name, parameters = {}) =>
    applyState({ database, time, words, setups, overlays, refillQuota: limiter.refill }, name, parameters)

  const edge = createEdge({
    answer: api,
    parametersOf: ({ path }) => parametersOf(routeOf(path)),
    hints: 'on',
    now: () => clock.now(),
    onRequest: options.onRequest,
    pages: {
      defaultOrigin: 'http://127.0.0.1:4020',
      home: async (origin) => {
        const { homePage } = await import('./pages/home-page.ts')
        return homePage({
          origin,
          accounts: demoAccountFacts(database),
          limits: chosenLimits,
          refusals: limits === 'off' ? 'off' : 'on',
          faults,
          control,
          now: formatTimestamp(time.now()),
        })
      },
      reference: () => ({
        document,
        token: DEMO_TOKENS.main,
        tryIt: { token: DEMO_TOKENS.main, header: faults === 'off' ? undefined : 'X-Fault: status=500' },
      }),
    },
    control: { provider: 'sandbox', state: control, controls: CONTROLS, target: { setState } },
    closing: closing.signal,
    onError,
    newTraceId,
  })

  return {
    ...edge,
    tokens: DEMO_TOKENS,
    setState,
    close: () => {
      if (closing.signal.aborted) return
      closing.abort(new Error('The sandbox is closed: create another one'))
      limiter.close()
      database.close()
    },
  }
}
