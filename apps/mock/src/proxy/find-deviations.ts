import { redactorOf } from '@hood-exports/provider'
import type { AnswerHeaders, Call } from '@hood-exports/provider'
import type { Engine } from '../engine/prism.ts'
import { engineRequest, withBody } from '../engine/request.ts'
import { isJson, isMediaType, withoutEmptyParameters } from '../engine/media-type.ts'
import { requestText } from './deviation.ts'
import type { Deviation } from './deviation.ts'
import type { KeptBody } from './kept-body.ts'
import { queryFindings } from './query-findings.ts'

/** A request and its answer, as they were passed on. */
export interface Passed {
  readonly call: Call
  readonly engine: Engine
  readonly sent: KeptBody
  readonly received: KeptBody
  readonly status: number
  readonly headers: AnswerHeaders
}

export async function findDeviations({
  call,
  engine,
  sent,
  received,
  status,
  headers: lines,
}: Passed): Promise<Deviation[]> {
  const operation = engine.operations.find(call.method, call.path)
  const redactor = redactorOf(call)
  const request = requestText(call, operation, redactor)
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
  const { text, isUndecodable } = textOf(received, headers['content-encoding'])
  const { 'content-type': contentType = '', ...others } = headers
  const isBrokenType = contentType !== '' && !isMediaType(contentType)
  const saysJson = isJson(contentType)
  const json = saysJson && text !== undefined ? parseJson(text) : { kind: 'absent' as const }
  const findings = await engine.check(hasBody ? withBody(base, call, sentText) : base, {
    statusCode: status,
    // Prism throws for a media type that it cannot read.
    headers: isBrokenType
      ? others
      : { ...others, ...(contentType !== '' && { 'content-type': withoutEmptyParameters(contentType) }) },
    ...(json.kind === 'json' && { body: json.value }),
    // A file's schema is any text: its bytes are not kept for that.
    ...(!saysJson && { body: text ?? '' }),
  })
  const ofRequest = [
    ...findings.request,
    ...queryFindings(call, operation, redactor),
    ...(hasBody && sent.isTooLarge() ? [TOO_LARGE] : []),
    ...(!hasBody && sentText !== undefined && sentText !== '' ? ['the document has no body for this request'] : []),
  ]
  const ofResponse = [
    ...(isBrokenType ? [`the Content-Type ${JSON.stringify(contentType)} is no media type`] : []),
    ...(json.kind === 'broken' ? ['the body is not JSON, although its media type says so'] : []),
    ...(isUndecodable
      ? [`the body is not in the Content-Encoding ${JSON.stringify(headers['content-encoding'])}`]
      : []),
    ...(saysJson && text === undefined && !isUndecodable ? [TOO_LARGE] : []),
    ...findings.response,
  ]
  return [...new Set(ofRequest)].map(deviation('request')).concat(ofResponse.map(deviation('response')))
}

function textOf(body: KeptBody, encoding: string | undefined): { text: string | undefined; isUndecodable: boolean } {
  try {
    return { text: body.text(encoding), isUndecodable: false }
  } catch {
    return { text: undefined, isUndecodable: true }
  }
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
