import { document as bundledDocument } from '@hood-exports/openapi/document'
import { systemClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { createAnswers } from './engine/answers.ts'
import type { Answers } from './engine/answers.ts'
import type { Preference } from './engine/preference.ts'
import { createEngine } from './engine/prism.ts'
import type { Engine } from './engine/prism.ts'
import { engineRequest, parseBody } from './engine/request.ts'
import { bytesBody, withHeaders, withoutEnd } from './http/answer.ts'
import type { Answer, Exchange } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { MAX_BODY_BYTES, bearerToken, readText } from './http/call.ts'
import { PREFLIGHT_HEADERS } from './http/cors.ts'
import { toCall, toResponse } from './http/fetch-edge.ts'
import { limitsOf } from './limits/limit-option.ts'
import type { LimitOption } from './limits/limit-option.ts'
import { createQuota } from './limits/quota.ts'
import type { QuotaState } from './limits/quota.ts'
import { answerPage } from './pages/pages.ts'
import type { Deviation } from './proxy/deviation.ts'
import { createProxy } from './proxy/proxy.ts'
import { seededRandom } from './random.ts'
import { applyFault } from './scenario/apply-fault.ts'
import { CONTROL_PREFIX, answerControl } from './scenario/control.ts'
import type { Fault } from './scenario/fault.ts'
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
  /** Of chance: which requests a share of faults happens to, and dynamic answers. A whole number; default 1. */
  readonly seed?: number | undefined
  /** Pass requests on to this origin, and report how they and their answers deviate from the document. */
  readonly proxy?: string | undefined
  /** Told of each deviation that the proxy finds. */
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
  /** What the proxy has found, the last 1,000. */
  deviations(): readonly Deviation[]
  /** Answers from another document from now on. @throws Error when Prism cannot read it; the old one stays. */
  useDocument(document: object): Promise<void>
  /** Ends scripted delays that are under way. */
  close(): void
}

const MAX_DEVIATIONS = 1_000

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
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: ${seed}; give a whole number`)
  const limits = limitsOf(options.limits ?? 'off')
  const quota = limits && createQuota(limits, () => clock.now())
  let random = seededRandom(seed)
  const scenarios = createScenarios(options.faults ?? 'on', () => random())
  const closing = new AbortController()
  let deviations: Deviation[] = []
  const proxy =
    options.proxy === undefined
      ? undefined
      : createProxy({
          origin: options.proxy,
          onDeviation: (deviation) => {
            deviations = [...deviations.slice(1 - MAX_DEVIATIONS), deviation]
            options.onDeviation?.(deviation)
          },
        })

  let current: { readonly document: object; readonly engine: Engine; readonly answers: Answers }
  const useDocument = async (next: object): Promise<void> => {
    const engine = await createEngine(next)
    current = { document: next, engine, answers: createAnswers({ engine, seed }) }
  }
  await useDocument(document)

  const mocked = (call: Call, preference: Preference): Answer | Promise<Answer> => {
    const { engine, answers } = current
    const operation = engine.operations.find(call.method, call.path)
    const request = engineRequest(call, operation === undefined && call.method === 'HEAD' ? 'GET' : call.method, engine)
    if (operation?.request?.body === undefined || call.body === undefined) return answers.of(request, preference)
    return readText(call.body).then((text) =>
      text === undefined
        ? answers.error(413, `the body is larger than ${MAX_BODY_BYTES} bytes`)
        : answers.of(parseBody(request, call, text), preference),
    )
  }

  /** Through Prism, or through the proxy. */
  const source = (call: Call, preference: Preference): Exchange | Promise<Exchange> => {
    if (proxy !== undefined) return proxy.exchange(call, current)
    const answer = mocked(call, preference)
    return answer instanceof Promise ? answer.then(withoutEnd) : withoutEnd(answer)
  }

  const scripted = async (call: Call, preference: Preference, faults: readonly Fault[]): Promise<Exchange> => {
    for (const fault of faults) {
      if (fault.kind !== 'delay') continue
      const delayMs = fault.fromMs + Math.round(random() * (fault.toMs - fault.fromMs))
      await clock.sleep(
        delayMs,
        call.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, call.signal]),
      )
    }
    call.signal?.throwIfAborted()
    const { answer, end } = await source(call, preference)
    const error = (status: number): Promise<Answer> =>
      current.answers.error(status, 'asked for by a scripted fault', engineRequest(call, call.method, current.engine))
    try {
      let changed = answer
      for (const fault of faults) changed = await applyFault(changed, fault, { error })
      return { answer: changed, end }
    } catch (failure) {
      end()
      throw failure
    }
  }

  const answerApi = (call: Call): Exchange | Promise<Exchange> => {
    const token = quota && bearerToken(call)
    const admission = token === undefined ? undefined : quota?.admit(token)
    if (admission?.kind === 'too-many-in-parallel') return refuse(-1)
    if (admission?.kind === 'used-up') return refuse(wholeSeconds(admission.waitMs))
    const state = admission?.quota ?? quota?.untouched()
    const finish = ({ answer, end }: Exchange): Exchange => ({
      answer: withQuota(answer, state),
      end: () => {
        end()
        admission?.leave()
      },
    })
    const fail = (error: unknown): Promise<Exchange> => {
      admission?.leave()
      return failure(error).then(({ answer, end }) => ({ answer: withQuota(answer, state), end }))
    }
    try {
      const { faults, preference } = scenarios.scriptOf(call)
      const given = faults.length === 0 ? source(call, preference) : scripted(call, preference, faults)
      return given instanceof Promise ? given.then(finish).catch(fail) : finish(given)
    } catch (error) {
      return fail(error)
    }
  }

  const refuse = async (retryAfter: number): Promise<Exchange> =>
    withoutEnd(withHeaders(await current.answers.error(429, []), { 'retry-after': String(retryAfter) }))

  const failure = async (error: unknown): Promise<Exchange> => {
    if (error instanceof RangeError) return withoutEnd(await current.answers.error(400, error.message))
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    onError(error)
    return withoutEnd(await current.answers.error(500, 'the mock has failed; its log says why'))
  }

  const reset = (): void => {
    scenarios.clear()
    quota?.refill()
    random = seededRandom(seed)
    deviations = []
  }

  const exchange: Mock['exchange'] = (call) => {
    if (call.method === 'OPTIONS') return PREFLIGHT
    if (control === 'on' && call.path.startsWith(CONTROL_PREFIX)) {
      return answerControl(call, {
        addScenario: scenarios.add,
        scenarios: scenarios.list,
        clearScenarios: scenarios.clear,
        deviations: () => deviations,
        reset,
        refuse: (status, reason) => current.answers.error(status, reason),
      }).then(withoutEnd)
    }
    const page = answerPage(call, {
      ...current,
      limits: options.limits ?? 'off',
      faults: options.faults ?? 'on',
      control,
      proxy: options.proxy,
    })
    if (page !== undefined) return page.then(withoutEnd)
    return answerApi(call)
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

/** Rounded up: whoever waits this long does not come too early. Never 0, which would be "now". */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000))
}

/** Every answer that is not a 429 carries the quota, unless a fault has made it a 429. */
function withQuota(answer: Answer, state: QuotaState | undefined): Answer {
  if (state === undefined || answer.status === 429) return answer
  return withHeaders(answer, {
    'x-ratelimit-limit': String(state.limit),
    'x-ratelimit-remaining': String(state.remaining),
    'x-ratelimit-reset': String(Math.ceil(state.resetMs / 1_000)),
  })
}

/** Browsers ask before they send a token. */
const PREFLIGHT = withoutEnd({ status: 204, headers: PREFLIGHT_HEADERS, body: bytesBody('') })
