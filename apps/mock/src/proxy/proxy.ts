import type { Answers } from '../engine/answers.ts'
import type { Engine } from '../engine/prism.ts'
import { engineRequest, withBody } from '../engine/request.ts'
import { withoutEnd } from '../http/answer.ts'
import type { AnswerBody, AnswerHeaders, Exchange } from '../http/answer.ts'
import type { Call } from '../http/call.ts'
import { isJson } from '../http/media-type.ts'
import type { Deviation } from './deviation.ts'
import { keptBody } from './kept-body.ts'
import type { KeptBody } from './kept-body.ts'
import { parseOrigin } from './origin.ts'
import { queryFindings } from './query-findings.ts'
import { redactorOf } from './redact.ts'
import { UpstreamFailed, callUpstream, endToEnd } from './upstream.ts'

export interface ProxyOptions {
  /** Where the requests go, such as `http://127.0.0.1:4020`. */
  readonly origin: string
  readonly onDeviation: (deviation: Deviation) => void
  /** Told when an exchange could not be checked. It was passed on all the same. */
  readonly onError: (error: unknown) => void
}

export interface Proxy {
  /** Passes a call on, and checks it when its answer has been passed back. */
  exchange(call: Call, document: { readonly engine: Engine; readonly answers: Answers }): Promise<Exchange>
}

/** @throws RangeError for an origin that is none. */
export function createProxy({ origin, onDeviation, onError }: ProxyOptions): Proxy {
  const target = parseOrigin(origin)
  return {
    exchange: async (call, { engine, answers }) => {
      const sent = keptBody()
      try {
        const response = await callUpstream(call, target, sent.add)
        const headers = endToEnd(response.headers)
        const received = keptBody()
        const status = response.statusCode ?? 502
        const chunks = async function* (): AsyncGenerator<Uint8Array> {
          for await (const chunk of response as AsyncIterable<Buffer>) {
            received.add(chunk)
            yield chunk
          }
        }
        const check = async (): Promise<void> => {
          if (call.method === 'HEAD') return
          const found = await findDeviations({ call, engine, sent, received, status, headers })
          for (const deviation of found) onDeviation(deviation)
        }
        const body: AnswerBody = { kind: 'chunks', chunks: () => afterwards(chunks(), () => check().catch(onError)) }
        return { answer: { status, headers, body }, end: () => void response.destroy() }
      } catch (error) {
        if (!(error instanceof UpstreamFailed)) throw error
        return withoutEnd(await answers.error(502, error.message))
      }
    },
  }
}

/** The end waits for the check: when an answer has been read, its deviations are there. */
async function* afterwards(chunks: AsyncIterable<Uint8Array>, check: () => Promise<void>): AsyncGenerator<Uint8Array> {
  yield* chunks
  await check()
}

interface Passed {
  readonly call: Call
  readonly engine: Engine
  readonly sent: KeptBody
  readonly received: KeptBody
  readonly status: number
  readonly headers: AnswerHeaders
}

async function findDeviations({ call, engine, sent, received, status, headers: lines }: Passed): Promise<Deviation[]> {
  const operation = engine.operations.find(call.method, call.path)
  const redactor = redactorOf(call)
  const request = redactor.request(operation)
  const deviation =
    (side: Deviation['side']) =>
    (message: string): Deviation => ({
      request,
      status,
      side,
      message: redactor.text(message),
    })
  if (operation === undefined) return [deviation('request')('the document has no such operation')]

  const headers = Object.fromEntries(Object.entries(lines).map(([name, value]) => [name, [value].flat().join(', ')]))
  const sentText = sent.text()
  const base = engineRequest(call, call.method, engine.operations)
  const hasBody = operation.request?.body !== undefined
  const text = received.text()
  const saysJson = isJson(headers['content-type'])
  const json = saysJson && text !== undefined ? parseJson(text) : { kind: 'absent' as const }
  const findings = await engine.check(hasBody ? withBody(base, call, sentText) : base, {
    statusCode: status,
    headers,
    ...(json.kind === 'json' && { body: json.value }),
    // A file's schema is any text: its bytes are not kept for that.
    ...(!saysJson && { body: text ?? '' }),
  })
  const ofRequest = [
    ...findings.request,
    ...queryFindings(call, operation, redactor),
    ...(hasBody && sentText === undefined ? [TOO_LARGE] : []),
    ...(!hasBody && sentText !== '' ? ['the document has no body for this request'] : []),
  ]
  const ofResponse = [
    ...(json.kind === 'broken' ? ['the body is not JSON, although its media type says so'] : []),
    ...(saysJson && text === undefined ? [TOO_LARGE] : []),
    ...findings.response,
  ]
  return [...new Set(ofRequest)].map(deviation('request')).concat(ofResponse.map(deviation('response')))
}

const TOO_LARGE = 'the body is too large to be checked'

type Json = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'broken' }

function parseJson(text: string): Json {
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'broken' }
  }
}
