import type { Clock } from './clock.ts'
import type { Answers } from './engine/answers.ts'
import { ignoredPreference, parsePreference } from './engine/preference.ts'
import type { Engine } from './engine/prism.ts'
import { engineRequest, withBody } from './engine/request.ts'
import { withHeaders, withoutEnd } from './http/answer.ts'
import type { Answer, Exchange } from './http/answer.ts'
import type { Call } from './http/call.ts'
import { MAX_BODY_BYTES, bearerToken, readText } from './http/call.ts'
import { withReason } from './http/reason.ts'
import type { Admission, Quota, QuotaState } from './limits/quota.ts'
import type { Proxy } from './proxy/proxy.ts'
import type { QueryReport } from './proxy/query-report.ts'
import { applyFault } from './scenario/apply-fault.ts'
import { isRefusal } from './scenario/fault.ts'
import type { Scenarios, Script } from './scenario/scenarios.ts'

/** What is answered from; another one after the document has changed. */
export interface Served {
  readonly document: object
  readonly engine: Engine
  readonly answers: Answers
}

export interface ApiOptions {
  readonly served: () => Served
  readonly scenarios: Scenarios
  readonly random: () => number
  readonly clock: Clock
  /** Aborted when the mock is closed. */
  readonly closing: AbortSignal
  readonly onError: (error: unknown) => void
  readonly quota: Quota | undefined
  /** Instead of Prism's answers. */
  readonly proxy: Proxy | undefined
  /** Told of requests that Prism answers; the proxy has findings of its own. */
  readonly queryReport: QueryReport
}

export interface Api {
  answer(call: Call): Exchange | Promise<Exchange>
}

/** The operations of the document. The order: limits (429, not counted), faults, then Prism or the proxy. */
export function createApi(options: ApiOptions): Api {
  const { served, scenarios, random, clock, closing, onError, quota, proxy, queryReport } = options
  const mocked = (call: Call, prefer: string): Answer | Promise<Answer> => {
    const { engine, answers } = served()
    const { operations } = engine
    const { preference, unknown } = parsePreference(prefer)
    const own = operations.find(call.method, call.path)
    const operation = own ?? (call.method === 'HEAD' ? operations.find('GET', call.path) : undefined)
    const method = operation === own ? call.method : 'GET'
    const request = engineRequest(call, method, operations)
    const answer =
      operation?.request?.body === undefined || call.body === undefined
        ? answers.of(request, preference)
        : readText(call.body).then((text) =>
            text === undefined
              ? answers.error(413, `the body is larger than ${MAX_BODY_BYTES} bytes`)
              : answers.of(withBody(request, call, text), preference),
          )
    if (unknown.length === 0 && (operation === undefined || call.search === '')) return answer
    const told = (given: Answer): Answer => {
      if (operation !== undefined) queryReport.report(call, operation, given.status)
      return withReason(given, unknown.map(ignoredPreference))
    }
    return answer instanceof Promise ? answer.then(told) : told(answer)
  }

  const source = (call: Call, prefer: string): Exchange | Promise<Exchange> => {
    if (proxy !== undefined) return proxy.exchange(call, served())
    const answer = mocked(call, prefer)
    return answer instanceof Promise ? answer.then(withoutEnd) : withoutEnd(answer)
  }

  const scripted = async (call: Call, { faults, prefer }: Script): Promise<Exchange> => {
    const signal = call.signal === undefined ? closing : AbortSignal.any([closing, call.signal])
    for (const fault of faults) {
      if (fault.kind !== 'delay') continue
      await clock.sleep(fault.fromMs + Math.round(random() * (fault.toMs - fault.fromMs)), signal)
    }
    call.signal?.throwIfAborted()
    const { answers, engine } = served()
    const error = (status: number): Promise<Answer> =>
      answers.error(status, 'asked for by a scripted fault', engineRequest(call, call.method, engine.operations))
    // What is refused is not passed on: the caller may send it again.
    const { answer, end } = faults.some(isRefusal) ? withoutEnd(await error(400)) : await source(call, prefer)
    try {
      let changed = answer
      for (const fault of faults) changed = await applyFault(changed, fault, { error })
      return { answer: changed, end }
    } catch (failure) {
      end()
      throw failure
    }
  }

  const failed = async (error: unknown): Promise<Answer> => {
    const { answers } = served()
    if (error instanceof RangeError) return answers.error(400, error.message)
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    onError(error)
    return answers.error(500, 'the mock has failed; its log says why')
  }

  const refuse = async (retryAfter: number): Promise<Exchange> =>
    withoutEnd(withHeaders(await served().answers.error(429, []), { 'retry-after': String(retryAfter) }))

  return {
    answer: (call) => {
      const admission = quota && admit(quota, call)
      if (admission?.kind === 'too-many-in-parallel') return refuse(-1)
      if (admission?.kind === 'used-up') return refuse(wholeSeconds(admission.waitMs))
      const finish = ({ answer, end }: Exchange): Exchange => {
        if (admission === undefined) return { answer, end }
        const leave = (): void => {
          end()
          admission.leave()
        }
        return { answer: withQuota(answer, admission.quota), end: leave }
      }
      const fail = async (error: unknown): Promise<Exchange> => {
        try {
          return finish(withoutEnd(await failed(error)))
        } finally {
          admission?.leave()
        }
      }
      try {
        const script = scenarios.scriptOf(call)
        const given = script.faults.length === 0 ? source(call, script.prefer) : scripted(call, script)
        return given instanceof Promise ? given.then(finish).catch(fail) : finish(given)
      } catch (error) {
        return fail(error)
      }
    },
  }
}

/** A request without a token is counted nowhere. */
function admit(quota: Quota, call: Call): Admission {
  const token = bearerToken(call)
  return token === undefined ? { kind: 'admitted', quota: quota.untouched(), leave: () => {} } : quota.admit(token)
}

/** Rounded up, so that the next request does not come too early. Never 0, which would be "now". */
function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000))
}

/** Every answer that is not a 429 carries the quota, unless a fault has made it a 429. */
function withQuota(answer: Answer, { limit, remaining, resetMs }: QuotaState): Answer {
  if (answer.status === 429) return answer
  return withHeaders(answer, {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(resetMs / 1_000)),
  })
}
