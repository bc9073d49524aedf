import type { Admission, Answer, Call, Exchange, Faults } from '@hood-exports/provider'
import { MAX_BODY_BYTES, answerAdmitted, readText, withoutEnd } from '@hood-exports/provider'
import type { Answers } from './engine/answers.ts'
import { ignoredPreference, parsePreference } from './engine/preference.ts'
import type { Engine } from './engine/prism.ts'
import { engineRequest, withBody } from './engine/request.ts'
import { withReason } from './engine/reason.ts'
import type { Quota } from './limits/quota.ts'
import type { Proxy } from './proxy/proxy.ts'
import type { QueryReport } from './proxy/query-report.ts'
import type { Scenarios } from './scenario/scenarios.ts'

/** What is answered from; another one after the document has changed. */
export interface Served {
  readonly document: object
  readonly engine: Engine
  readonly answers: Answers
}

export interface ApiOptions {
  readonly served: () => Served
  readonly scenarios: Scenarios
  readonly faults: Faults
  readonly quota: Quota | undefined
  /** In place of Prism's answers. */
  readonly proxy: Proxy | undefined
  /** Receives the requests that Prism answers; the proxy has findings of its own. */
  readonly queryReport: QueryReport
}

export type Api = (call: Call) => Promise<Exchange>

/** The operations of the document. The order: limits (429, not counted), faults, then Prism or the proxy. */
export function createApi({ served, scenarios, faults, quota, proxy, queryReport }: ApiOptions): Api {
  const mocked = async (call: Call, prefer: string): Promise<Answer> => {
    const { engine, answers } = served()
    const { operations } = engine
    const { preference, unknown } = parsePreference(prefer)
    const own = operations.find(call.method, call.path)
    const operation = own ?? (call.method === 'HEAD' ? operations.find('GET', call.path) : undefined)
    let request = engineRequest(call, operation === own ? call.method : 'GET', operations)
    if (operation?.request?.body !== undefined && call.body !== undefined) {
      const text = await readText(call.body)
      if (text === undefined) return answers.error(413, `the body is larger than ${MAX_BODY_BYTES} bytes`)
      request = withBody(request, call, text)
    }
    const answer = await answers.of(request, preference)
    if (operation !== undefined) queryReport.report(call, operation, answer.status)
    return withReason(answer, unknown.map(ignoredPreference))
  }

  const scripted = (call: Call): Promise<Exchange> => {
    const { faults: own, prefer } = scenarios.scriptOf(call)
    return faults.exchange(call, {
      scripted: own,
      answer: async () =>
        proxy === undefined ? withoutEnd(await mocked(call, prefer)) : proxy.exchange(call, served()),
      error: (status) => {
        const { answers, engine } = served()
        const request = engineRequest(call, call.method, engine.operations)
        return answers.error(status, 'asked for by a scripted fault', request)
      },
    })
  }

  const error = (status: number, reason: string | readonly string[] = []): Promise<Answer> =>
    served().answers.error(status, reason)

  return (call) => answerAdmitted(quota && admit(quota, call), { answer: () => scripted(call), error })
}

/** A request without a token is counted nowhere. */
function admit(quota: Quota, { headers }: Call): Admission {
  const token = /^Bearer\s(.+)$/.exec(headers['authorization'] ?? '')?.[1]
  return token === undefined
    ? { kind: 'admitted', quotaAfter: () => quota.untouched(), leave: () => {} }
    : quota.admit(token)
}
