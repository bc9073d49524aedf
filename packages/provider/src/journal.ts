import type { Exchange } from './answer.ts'
import { BadRequest } from './bad-request.ts'
import type { Call } from './call.ts'
import type { Answerer } from './fetch-adapter.ts'
import { HINT_HEADER } from './hints.ts'
import { pathPattern } from './path-pattern.ts'
import { redactorOf } from './redact.ts'

/** A request of the API, and what became of it. Without any credential. */
export interface RecordedRequest {
  /** When it came, in milliseconds since the epoch. */
  readonly time: number
  readonly method: string
  /** As it was sent, percent-encoded. */
  readonly path: string
  /** What stood after `?`, as it was sent, percent-encoded; empty without one. */
  readonly search: string
  /** The same, decoded: the values of each parameter. The value of one that the operation does not take is `***`. */
  readonly query: Readonly<Record<string, readonly string[]>>
  /** Null when no answer was sent: a fault dropped the connection, or the caller had gone. */
  readonly status: number | null
  /** Milliseconds until the answer began. */
  readonly ms: number
  /** The scripted faults that happened to it, as in `X-Fault`. */
  readonly faults: readonly string[]
  /** What was ignored, as in `X-Hint`. */
  readonly hint?: string
}

/** Which requests are meant; what is left out matches all. In texts, `*` stands for anything. */
export interface RequestMatch {
  readonly method?: string
  readonly path?: string
  readonly status?: number
  /** Each of these parameters was sent with this value. */
  readonly query?: Readonly<Record<string, string>>
  /** The bearer token that it was sent with: that of one test among others. */
  readonly token?: string
}

export interface Journal {
  /** Answers a request, and remembers it before its answer is sent. */
  readonly answer: Answerer
  /** Oldest first; the last 1,000 are remembered. @throws BadRequest for a match that cannot be */
  requests(match?: RequestMatch): RecordedRequest[]
  /** Forgets those that match; without a match, all. @throws BadRequest */
  forgetRequests(match?: RequestMatch): void
}

export interface JournalOptions {
  readonly answer: Answerer
  readonly now: () => number
  /** Names of the query parameters that the operation of a request takes. */
  readonly parametersOf: (call: Call) => readonly string[]
  /** Receives each request as soon as its answer begins. */
  readonly onRequest?: ((request: RecordedRequest) => void) | undefined
}

const MAX_REMEMBERED = 1_000

interface Kept {
  readonly call: Pick<Call, 'method' | 'path' | 'search'> & { readonly headers: { readonly authorization?: string } }
  readonly facts: Pick<RecordedRequest, 'time' | 'status' | 'ms' | 'faults' | 'hint'>
}

export function createJournal({ answer, now, parametersOf, onRequest }: JournalOptions): Journal {
  let kept: Kept[] = []

  const keep = ({ method, path, search, headers }: Call, facts: Kept['facts']): void => {
    const { authorization } = headers
    const one = { call: { method, path, search, headers: authorization === undefined ? {} : { authorization } }, facts }
    kept.push(one)
    if (kept.length >= 2 * MAX_REMEMBERED) kept = kept.slice(-MAX_REMEMBERED)
    onRequest?.(recorded(one))
  }
  // Only what is read is decoded and redacted: most requests never are.
  const recorded = ({ call, facts }: Kept): RecordedRequest => {
    const redactor = redactorOf(call)
    const search = redactor.search(parametersOf(call))
    const { hint, ...others } = facts
    return {
      method: call.method,
      path: redactor.path,
      search,
      query: valuesOf(search),
      ...others,
      ...(hint !== undefined && { hint: redactor.text(hint) }),
    }
  }
  const matching = (match: RequestMatch): ((one: Kept) => boolean) => {
    const matches = matcherOf(match)
    return (one) => matches(one.call.headers.authorization, recorded(one))
  }

  return {
    answer: async (call) => {
      const time = now()
      const facts = (status: number | null, exchange?: Exchange): Kept['facts'] => {
        const hint = exchange?.answer.headers[HINT_HEADER]
        return {
          time,
          status,
          ms: now() - time,
          faults: exchange?.faults ?? [],
          ...(hint !== undefined && { hint: String(hint) }),
        }
      }
      try {
        const exchange = await answer(call)
        keep(call, facts(exchange.answer.body.kind === 'drop' ? null : exchange.answer.status, exchange))
        return exchange
      } catch (error) {
        keep(call, facts(call.signal?.aborted === true ? null : 500))
        throw error
      }
    },
    requests: (match = {}) => kept.slice(-MAX_REMEMBERED).filter(matching(match)).map(recorded),
    forgetRequests: (match = {}) => {
      const isMeant = matching(match)
      kept = kept.filter((one) => !isMeant(one))
    },
  }
}

function valuesOf(search: string): Record<string, string[]> {
  const values = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(search)) values.set(name, [...(values.get(name) ?? []), value])
  return Object.fromEntries(values)
}

function matcherOf({ method, path = '*', status, query = {}, token }: RequestMatch) {
  if (!/^[/*]/.test(path)) {
    throw new BadRequest(`path: "${path}" can never match: start it with / or *, such as /v1/*`)
  }
  const asked = Object.entries(query).map(([name, value]) => [name, withStars(value)] as const)
  const pathMeant = withStars(path)
  return (authorization: string | undefined, request: RecordedRequest): boolean =>
    (method === undefined || method.toUpperCase() === request.method) &&
    (status === undefined || status === request.status) &&
    (token === undefined || token === bearerTokenOf(authorization)) &&
    pathMeant.test(request.path) &&
    asked.every(
      ([name, value]) => Object.hasOwn(request.query, name) && request.query[name]?.some((one) => value.test(one)),
    )
}

/** A text in which `*` stands for anything. */
export function withStars(text: string): RegExp {
  return pathPattern(text, { wildcard: /\*/, matches: '.*' })
}

/** The token of an `Authorization` header. */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}

/** One line, for people. */
export function requestLine({ method, path, search, status, ms, faults, hint }: RecordedRequest): string {
  const target = search === '' ? path : `${path}?${search}`
  const notes = [
    ...(faults.length === 0 ? [] : [`fault: ${faults.join(', ')}`]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ]
  return [`${method} ${target} ${status ?? 'no answer'} ${ms} ms`, ...notes].join('; ')
}
