import { document as bundledDocument } from '@hood-exports/openapi/document'
import {
  VENDOR_LIMITS,
  checkLimits,
  createEdge,
  createFaults,
  parseFaults,
  seededRandom,
  systemClock,
} from '@hood-exports/provider'
import type { Clock, Edge, FaultOption, LimitOption, RecordedRequest } from '@hood-exports/provider'
import { createApi } from './api.ts'
import type { Served } from './api.ts'
import { createAnswers } from './engine/answers.ts'
import { hasAnswer } from './engine/documented-answer.ts'
import { queryNames } from './engine/operation.ts'
import { createEngine } from './engine/prism.ts'
import { createQuota } from './limits/quota.ts'
import type { Deviation } from './proxy/deviation.ts'
import { parseOrigin } from './proxy/origin.ts'
import { createProxy } from './proxy/proxy.ts'
import { createQueryReport } from './proxy/query-report.ts'
import { CONTROLS } from './scenario/control.ts'
import { createScenarios } from './scenario/scenarios.ts'
import type { Scenario } from './scenario/scenarios.ts'

export interface MockOptions {
  /** The OpenAPI document to answer from. Default: the one that this package comes with. */
  readonly document?: object | undefined
  /** Default `off`: nothing is counted. */
  readonly limits?: LimitOption | undefined
  /** Default `on`: the header `X-Fault` scripts a request. */
  readonly faults?: FaultOption | undefined
  /** Whether test suites can script over `/_mock/`. Default `off`. */
  readonly control?: 'on' | 'off' | undefined
  /** Scripts the requests from the start on, and again after each reset. Default: none. */
  readonly scenarios?: readonly Scenario[] | undefined
  /** For chance: which requests a share of faults happens to, and dynamic answers. A whole number; default 1. */
  readonly seed?: number | undefined
  /** Pass requests on to this origin, and report how they and their answers deviate from the document. */
  readonly proxy?: string | undefined
  /** Receives each deviation that the proxy finds; without a proxy, once each that the mock lets pass in a query. */
  readonly onDeviation?: ((deviation: Deviation) => void) | undefined
  /** Receives each request of the API as soon as its answer begins, without its token. */
  readonly onRequest?: ((request: RecordedRequest) => void) | undefined
  /** Receives an error that the mock cannot explain; the caller gets a 500. Default: `console.error`. */
  readonly onError?: ((error: unknown) => void) | undefined
  /** Default: the system's. */
  readonly clock?: Clock | undefined
}

/** The mock in this process, without a socket. */
export interface Mock extends Edge {
  /** Scripts the next requests. @throws RangeError for a scenario that cannot be. */
  addScenario(scenario: Scenario): void
  /** Scenarios, quotas, deviations, remembered requests and chance as at the start. */
  reset(): void
  /** What `onDeviation` has received, the last 1,000. */
  deviations(): readonly Deviation[]
  /** Answers from another document from now on. @throws Error when Prism cannot read it; the old one stays. */
  useDocument(document: object): Promise<void>
  /** Ends scripted delays that are under way. */
  close(): void
}

const MAX_DEVIATIONS = 1_000

/** What can be checked before anything is loaded. @throws RangeError for options out of their bounds. */
export function checkMockOptions({ seed = 1, limits = 'off', faults = 'on', proxy }: MockOptions): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: ${seed}; give a whole number`)
  if (typeof limits !== 'string') checkLimits(limits)
  if (faults !== 'on' && faults !== 'off') parseFaults(faults)
  if (proxy !== undefined) parseOrigin(proxy)
}

/**
 * The API, answered from its document by Prism, in the vendor's manners.
 *
 * @throws RangeError for options out of their bounds, or a scenario that cannot be; Error for a document that Prism
 *   cannot read.
 */
export async function createMock(options: MockOptions = {}): Promise<Mock> {
  checkMockOptions(options)
  const { document = bundledDocument, seed = 1, clock = systemClock, onError = console.error } = options
  const { limits = 'off', faults = 'on', control = 'off', proxy } = options
  const counted = limits === 'on' ? VENDOR_LIMITS : limits === 'off' ? undefined : limits
  const quota = counted && createQuota(counted, () => clock.now())
  let random = seededRandom(seed)
  const closing = new AbortController()
  let deviations: Deviation[] = []
  const onDeviation = (deviation: Deviation): void => {
    deviations = [...deviations.slice(1 - MAX_DEVIATIONS), deviation]
    options.onDeviation?.(deviation)
  }
  const queryReport = createQueryReport(onDeviation)

  let served: Served
  const useDocument = async (next: object): Promise<void> => {
    const engine = await createEngine(next)
    served = { document: next, engine, answers: createAnswers({ engine, seed }) }
  }
  await useDocument(document)
  const scenarios = createScenarios((preference) =>
    served.engine.operations.all.some((operation) => hasAnswer(operation, preference)),
  )
  const begin = (): void => {
    for (const scenario of options.scenarios ?? []) scenarios.add(scenario)
  }
  begin()
  const reset = (): void => {
    scenarios.clear()
    begin()
    quota?.refill()
    random = seededRandom(seed)
    deviations = []
    queryReport.forget()
    edge.forgetRequests()
  }

  const edge: Edge = createEdge({
    answer: createApi({
      served: () => served,
      scenarios,
      faults: createFaults({
        provider: 'mock',
        option: faults,
        random: () => random(),
        clock,
        closing: closing.signal,
      }),
      quota,
      proxy: proxy === undefined ? undefined : createProxy({ origin: proxy, onError, onDeviation }),
      queryReport,
    }),
    parametersOf: ({ method, path }) => {
      const operation = served.engine.operations.find(method === 'HEAD' ? 'GET' : method, path)
      return operation && queryNames(operation)
    },
    hints: proxy === undefined ? 'on' : 'off',
    now: () => clock.now(),
    onRequest: options.onRequest,
    pages: {
      defaultOrigin: 'http://127.0.0.1:4010',
      home: async (origin) => {
        const { homePage } = await import('./pages/home-page.ts')
        const { engine } = served
        return homePage({ origin, operations: engine.operations.all, limits: counted, faults, control, proxy })
      },
      reference: () => ({
        document: { ...served.document },
        token: proxy === undefined ? 'any' : '$TOKEN',
        tryIt: proxy === undefined ? { token: 'any', header: 'Prefer: code=404' } : { token: '' },
      }),
    },
    control: {
      provider: 'mock',
      state: control,
      controls: CONTROLS,
      target: { scenarios, reset, deviations: () => deviations },
    },
    closing: closing.signal,
    onError,
  })

  return {
    ...edge,
    addScenario: scenarios.add,
    reset,
    deviations: () => deviations,
    useDocument,
    close: () => closing.abort(new Error('The mock is closed: create another one')),
  }
}
