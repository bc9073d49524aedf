import { document as bundledDocument } from '@hood-exports/openapi/document'
import { createApi } from './api.ts'
import type { Served } from './api.ts'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { createAnswers } from './engine/answers.ts'
import { hasAnswer } from './engine/documented-answer.ts'
import { createEngine } from './engine/prism.ts'
import { bytesBody, withoutEnd } from './http/answer.ts'
import type { Exchange } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { PREFLIGHT_HEADERS } from './http/cors.ts'
import { toCall, toResponse } from './http/fetch-edge.ts'
import { limitsOf } from './limits/limit-option.ts'
import type { LimitOption } from './limits/limit-option.ts'
import { createQuota } from './limits/quota.ts'
import { answerPage } from './pages/pages.ts'
import type { Deviation } from './proxy/deviation.ts'
import { parseOrigin } from './proxy/origin.ts'
import { createProxy } from './proxy/proxy.ts'
import { createQueryReport } from './proxy/query-report.ts'
import { seededRandom } from './random.ts'
import { CONTROL_PREFIX, answerControl, controlIsOff } from './scenario/control.ts'
import { parseFaults } from './scenario/fault.ts'
import { createScenarios } from './scenario/scenarios.ts'
import type { FaultOption, Scenario } from './scenario/scenarios.ts'

export interface MockOptions {
  /** The OpenAPI document to answer from. Default: the one that this package comes with. */
  readonly document?: object | undefined
  /** Default `off`: nothing is counted. */
  readonly limits?: LimitOption | undefined
  /** Default `on`: `X-Mock-Fault` scripts a request. */
  readonly faults?: FaultOption | undefined
  /** Whether test suites can script over `/_mock/`. Default `off`. */
  readonly control?: 'on' | 'off' | undefined
  /** For chance: which requests a share of faults happens to, and dynamic answers. A whole number; default 1. */
  readonly seed?: number | undefined
  /** Pass requests on to this origin, and report how they and their answers deviate from the document. */
  readonly proxy?: string | undefined
  /** Told of each deviation that the proxy finds; without a proxy, once of each that the mock lets pass in a query. */
  readonly onDeviation?: ((deviation: Deviation) => void) | undefined
  /** Told of an error that the mock cannot explain; the caller gets a 500. Default: `console.error`. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
}

/** The mock in this process, without a socket. */
export interface Mock {
  /**
   * Answers a request in process. The host in its URL does not matter.
   *
   * @throws the signal's reason when the request is aborted; a TypeError for a scripted `drop`.
   */
  fetch(request: Request): Promise<Response>
  /** For servers in front of it: answers without making a `Response`. */
  exchange(call: Call): Promise<Exchange> | Exchange
  /** Scripts the next requests. @throws RangeError for a scenario that cannot be. */
  addScenario(scenario: Scenario): void
  /** Scenarios, quotas, deviations and chance as at the start. */
  reset(): void
  /** What was told to `onDeviation`, the last 1,000. */
  deviations(): readonly Deviation[]
  /** Answers from another document from now on. @throws Error when Prism cannot read it; the old one stays. */
  useDocument(document: object): Promise<void>
  /** Ends scripted delays that are under way. */
  close(): void
}

const MAX_DEVIATIONS = 1_000

/** What can be told before anything is loaded. @throws RangeError for options out of their bounds. */
export function checkMockOptions({ seed = 1, limits = 'off', faults = 'on', proxy }: MockOptions): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: ${seed}; give a whole number`)
  limitsOf(limits)
  if (faults !== 'on' && faults !== 'off') parseFaults(faults)
  if (proxy !== undefined) parseOrigin(proxy)
}

/**
 * The API, answered from its document by Prism, in the vendor's manners.
 *
 * @throws RangeError for options out of their bounds; Error for a document that Prism cannot read.
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  const {
    document = bundledDocument,
    control = 'off',
    seed = 1,
    clock = systemClock,
    onError = console.error,
  } = options
  checkMockOptions(options)
  const limits = limitsOf(options.limits ?? 'off')
  const quota = limits && createQuota(limits, () => clock.now())
  let random = seededRandom(seed)
  const closing = new AbortController()
  let deviations: Deviation[] = []
  const onDeviation = (deviation: Deviation): void => {
    deviations = [...deviations.slice(1 - MAX_DEVIATIONS), deviation]
    options.onDeviation?.(deviation)
  }
  const queryReport = createQueryReport(onDeviation)
  const proxy = options.proxy === undefined ? undefined : createProxy({ origin: options.proxy, onError, onDeviation })

  let served: Served
  const useDocument = async (next: object): Promise<void> => {
    const engine = await createEngine(next)
    served = { document: next, engine, answers: createAnswers({ engine, seed }) }
  }
  await useDocument(document)
  const scenarios = createScenarios({
    faults: options.faults ?? 'on',
    random: () => random(),
    isDocumented: (preference) => served.engine.operations.all.some((operation) => hasAnswer(operation, preference)),
  })

  const api = createApi({
    served: () => served,
    scenarios,
    random: () => random(),
    clock,
    closing: closing.signal,
    onError,
    quota,
    proxy,
    queryReport,
  })

  const reset = (): void => {
    scenarios.clear()
    quota?.refill()
    random = seededRandom(seed)
    deviations = []
    queryReport.forget()
  }

  const exchange: Mock['exchange'] = (call) => {
    if (call.method === 'OPTIONS') return PREFLIGHT
    if (call.path.startsWith(CONTROL_PREFIX)) {
      if (control === 'off') return withoutEnd(controlIsOff())
      return answerControl(call, {
        addScenario: scenarios.add,
        scenarios: scenarios.list,
        clearScenarios: scenarios.clear,
        deviations: () => deviations,
        reset,
      }).then(withoutEnd)
    }
    const page = answerPage(call, {
      ...served,
      limits: options.limits ?? 'off',
      faults: options.faults ?? 'on',
      control,
      proxy: options.proxy,
    })
    if (page !== undefined) return page.then(withoutEnd)
    return api.answer(call)
  }

  return {
    exchange,
    fetch: async (request) => {
      request.signal.throwIfAborted()
      const exchanged = await exchange(toCall(request))
      if (request.signal.aborted) exchanged.end()
      request.signal.throwIfAborted()
      return toResponse(request, exchanged)
    },
    addScenario: scenarios.add,
    reset,
    deviations: () => deviations,
    useDocument,
    close: () => closing.abort(),
  }
}

/** Browsers ask before they send a token. */
const PREFLIGHT = withoutEnd({ status: 204, headers: PREFLIGHT_HEADERS, body: bytesBody('') })
