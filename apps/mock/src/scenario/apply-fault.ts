import type { Answer, AnswerBody } from '../http/answer.ts'
import { bytesBody, withHeaders } from '../http/answer.ts'
import type { Fault } from './fault.ts'

const PROXY_PAGE =
  '<!doctype html><html><head><title>Please sign in</title></head><body><h1>Please sign in to the network</h1></body></html>\n'

export interface FaultTarget {
  /** The documented answer with that status. */
  readonly error: (status: number) => Promise<Answer>
}

/** Applies everything but the delay, which has passed when this is called. */
export async function applyFault(answer: Answer, fault: Fault, { error }: FaultTarget): Promise<Answer> {
  switch (fault.kind) {
    case 'delay':
      return answer
    case 'status':
      return error(fault.status)
    case 'retry-after':
      return withHeaders(await error(429), { 'retry-after': String(fault.seconds) })
    case 'drop':
      return { ...answer, body: { kind: 'drop' } }
    case 'truncate':
      return { ...answer, body: { kind: 'cut', of: answer.body, afterBytes: fault.bytes } }
    case 'html':
      return replaced(answer, 200, 'text/html; charset=utf-8', PROXY_PAGE)
    case 'empty-500':
      return replaced(answer, 500, undefined, '')
    case 'no-items':
      return replaced(answer, 200, 'application/json', '{"total":1}')
    case 'unknown-values':
      return answer.status < 300 ? { ...answer, body: withUnknownValues(answer.body) } : answer
    default:
      return fault satisfies never
  }
}

function replaced(answer: Answer, status: number, mediaType: string | undefined, body: string): Answer {
  const kept = Object.entries(answer.headers).filter(([name]) => !name.startsWith('content-'))
  const headers = Object.fromEntries(mediaType === undefined ? kept : [...kept, ['content-type', mediaType]])
  return { status, headers, body: bytesBody(body) }
}

/** In each item of a list, or in the one object that an answer is; a file stays as it is. */
function withUnknownValues(body: AnswerBody): AnswerBody {
  const text = body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : ''
  if (!text.startsWith('{')) return body
  const object = JSON.parse(text) as { readonly items?: unknown }
  if (!Array.isArray(object.items)) return bytesBody(JSON.stringify({ ...object, ...FROM_THE_FUTURE }))
  const items = object.items.map((item: object) => ({ ...item, ...FROM_THE_FUTURE }))
  return bytesBody(JSON.stringify({ ...object, items, envelope_member_from_the_future: true }))
}

const FROM_THE_FUTURE = { status: 'status-from-the-future', member_from_the_future: { a: 1 } }
