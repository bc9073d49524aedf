import { withoutEnd } from './answer.ts'
import type { Answer, Exchange } from './answer.ts'
import type { Call } from './call.ts'
import { answerControl, controlPrefix } from './control.ts'
import type { ControlEndpoint } from './control.ts'
import { corsHeaders, preflightAnswer } from './cors.ts'
import { errorAnswer, withReason } from './error-answer.ts'
import { HINT_HEADER, ignoredParameters } from './hints.ts'
import { createJournal } from './journal.ts'
import type { Journal, RecordedRequest } from './journal.ts'
import { journalControls } from './journal-control.ts'
import { answerRequest } from './fetch-adapter.ts'
import type { Answerer } from './fetch-adapter.ts'
import { answerPage } from './pages.ts'
import type { Pages } from './pages.ts'
import { reasonHeader } from './provider-name.ts'

export interface EdgeOptions<Target> {
  /** The operations of the API. */
  readonly answer: Answerer
  /** Names of the query parameters that the operation of a request takes; undefined when it is no operation. */
  readonly parametersOf: (call: Call) => readonly string[] | undefined
  /** Whether the answer itself says what of its request was ignored: not where it is passed on as it came. */
  readonly hints: 'on' | 'off'
  readonly now: () => number
  /** Receives each request of the API as soon as its answer begins. */
  readonly onRequest?: ((request: RecordedRequest) => void) | undefined
  readonly pages: Pages
  /** The calls of the provider; those of the journal come with them. */
  readonly control: ControlEndpoint<Target>
  /** Aborted, with the reason that further requests get, when the server is closed. */
  readonly closing: AbortSignal
  /** Receives an error that nothing explains; the caller gets a 500. */
  readonly onError: (error: unknown) => void
  /** Makes the `trace_id` of a 500. */
  readonly newTraceId?: () => string
}

/** What answers, without a socket. */
export interface Edge extends Pick<Journal, 'requests' | 'forgetRequests'> {
  /**
   * Answers a request in process. The host in its URL does not matter.
   *
   * @throws the signal's reason when the request is aborted; a TypeError for a scripted `drop`; an Error after `close`.
   */
  fetch(request: Request): Promise<Response>
  /** For servers in front of it: answers without making a `Response`. */
  exchange(call: Call): Promise<Exchange>
}

/** Everything around the operations: preflights, the control endpoint, pages, and a 500 for what nothing explains. */
export function createEdge<Target>(options: EdgeOptions<Target>): Edge {
  const { pages, control, closing, onError, newTraceId = () => '{}', parametersOf } = options
  const { provider } = control
  const prefix = controlPrefix(provider)

  const answer: Answerer = async (call) => {
    const exchange = await options.answer(call)
    const known = options.hints === 'off' || call.search === '' ? undefined : parametersOf(call)
    if (known === undefined) return exchange
    return { ...exchange, answer: withReason(exchange.answer, HINT_HEADER, ignoredParameters(call.search, known)) }
  }
  const journal = createJournal({ ...options, answer, parametersOf: (call) => parametersOf(call) ?? [] })
  const scripting: ControlEndpoint<Target & Journal> = {
    ...control,
    controls: [...control.controls, ...journalControls(provider)],
    target: { ...control.target, ...journal },
  }

  const own = (call: Call): Promise<Answer> | Answer | undefined => {
    if (call.method === 'OPTIONS') return preflightAnswer(call)
    if (call.path.startsWith(prefix)) return answerControl(call, scripting)
    return answerPage(call, provider, pages)
  }
  const answered = async (call: Call): Promise<Exchange> => {
    try {
      const given = own(call)
      return given === undefined ? await journal.answer(call) : withoutEnd(await given)
    } catch (error) {
      if (closing.aborted || call.signal?.aborted === true) throw error
      onError(error)
      const failed = errorAnswer(500, { traceId: newTraceId() })
      return withoutEnd(withReason(failed, reasonHeader(provider), `the ${provider} has failed; its log says why`))
    }
  }
  const exchange = async (call: Call): Promise<Exchange> => {
    closing.throwIfAborted()
    const { answer, end } = await answered(call)
    return { answer: { ...answer, headers: { ...corsHeaders(call), ...answer.headers } }, end }
  }
  const { requests, forgetRequests } = journal
  return { exchange, requests, forgetRequests, fetch: (request) => answerRequest(request, exchange) }
}
