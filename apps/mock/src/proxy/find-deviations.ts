import type { AnswerHeaders, Call } from '@hood-exports/provider'
import type { Engine } from '../engine/prism.ts'
import { engineRequest, withBody } from '../engine/request.ts'
import { isJson, isMediaType, withoutEmptyParameters } from '../engine/media-type.ts'
import type { Deviation } from './deviation.ts'
import type { KeptBody } from './kept-body.ts'
import { queryFindings } from './query-findings.ts'
import { redactorOf } from './redact.ts'

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
