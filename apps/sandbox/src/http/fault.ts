import { ERROR_STATUSES } from '@hood-exports/openapi'
import { BadRequest } from '../query/parameters.ts'
import type { Answer } from './answer.ts'
import { bytesBody, htmlAnswer, jsonAnswer } from './answer.ts'
import { errorAnswer } from './error-answer.ts'
import type { ErrorStatus } from './error-answer.ts'

/** The header that scripts a fault, when faults are on. */
export const FAULT_HEADER = 'x-sandbox-fault'

/** What a request asks to go wrong. */
export type Fault =
  /** Answers with this status, in the API's shape. */
  | { readonly kind: 'status'; readonly status: ErrorStatus }
  /** Waits before anything else. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Closes the connection without an answer. */
  | { readonly kind: 'drop' }
  /** Cuts the connection after this many bytes of the body. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** 200 with a page of HTML, as a proxy in between would send. */
  | { readonly kind: 'html' }
  /** A 500 without a body. */
  | { readonly kind: 'empty-500' }
  /** 200 with JSON that lacks `items`. */
  | { readonly kind: 'no-items' }
  /** A status and members that no documentation knows. */
  | { readonly kind: 'unknown-values' }

const MAX_DELAY_MS = 600_000
const HELP = `give status=${ERROR_STATUSES.join('|')}, delay=250ms, drop, truncate=100, html, empty-500, no-items or unknown-values, several with commas`

/** What each fault does, for people. */
export const FAULTS: readonly (readonly [example: string, effect: string])[] = [
  ['status=500', `That status, in the documented shape: ${ERROR_STATUSES.join(', ')}`],
  ['delay=250ms', 'Answers later, up to ten minutes'],
  ['drop', 'Closes the connection without an answer'],
  ['truncate=100', 'Cuts the connection after so many bytes of the body'],
  ['html', '200 with a page, as a proxy in between sends'],
  ['empty-500', 'A 500 without a body'],
  ['no-items', '200 with JSON that lacks items'],
  ['unknown-values', 'A status and members that no documentation knows'],
]

/** @throws BadRequest for a fault that does not exist: a test that asks for one must not pass by accident. */
export function parseFaults(header: string | undefined): Fault[] {
  return header === undefined ? [] : header.split(',').map((part) => parseFault(part.trim()))
}

function parseFault(text: string): Fault {
  const [name, value] = text.split('=', 2)
  switch (name) {
    case 'status':
      if (value !== undefined && (ERROR_STATUSES as readonly number[]).includes(Number(value))) {
        return { kind: 'status', status: Number(value) as ErrorStatus }
      }
      break
    case 'delay': {
      const ms = Number(/^(\d+)(?:ms)?$/.exec(value ?? '')?.[1])
      if (ms <= MAX_DELAY_MS) return { kind: 'delay', ms }
      break
    }
    case 'truncate': {
      const bytes = Number(/^(\d+)$/.exec(value ?? '')?.[1])
      if (Number.isSafeInteger(bytes)) return { kind: 'truncate', bytes }
      break
    }
    case 'drop':
    case 'html':
    case 'empty-500':
    case 'no-items':
    case 'unknown-values':
      if (value === undefined) return { kind: name }
      break
    default:
  }
  throw new BadRequest(`"${text}" is not a fault: ${HELP}`)
}

const PROXY_PAGE =
  '<!doctype html><html><head><title>Please sign in</title></head><body><h1>Please sign in to the network</h1></body></html>\n'

/** Applies everything but the delay, which has passed when this is called. */
export function applyFault(answer: Answer, fault: Fault, traceId: string): Answer {
  const keptHeaders = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !name.startsWith('content-')),
  )
  switch (fault.kind) {
    case 'delay':
      return answer
    case 'status': {
      const failed = errorAnswer({ status: fault.status, traceId, reason: 'asked for by the fault header' })
      return { ...failed, headers: { ...keptHeaders, ...failed.headers } }
    }
    case 'drop':
      return { ...answer, body: { kind: 'drop' } }
    case 'truncate':
      return { ...answer, body: { kind: 'cut', of: answer.body, afterBytes: fault.bytes } }
    case 'html': {
      const page = htmlAnswer(200, PROXY_PAGE)
      return { ...page, headers: { ...keptHeaders, ...page.headers } }
    }
    case 'empty-500':
      return { status: 500, headers: keptHeaders, body: bytesBody('') }
    case 'no-items':
      return { ...jsonAnswer(200, '{"total":1}'), headers: { ...keptHeaders, 'content-type': 'application/json' } }
    case 'unknown-values':
      return { ...answer, body: withUnknownValues(answer.body) }
    default:
      return fault satisfies never
  }
}

function withUnknownValues(body: Answer['body']): Answer['body'] {
  const text = body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : ''
  const future = { status: 'status-from-the-future', member_from_the_future: { a: 1 } }
  // An operation.
  if (text.startsWith('{"id"')) return bytesBody(JSON.stringify({ ...(JSON.parse(text) as object), ...future }))
  if (!text.startsWith('{"total"')) return body
  const list = JSON.parse(text) as { items?: Record<string, unknown>[] }
  const items = list.items?.map((item) => ({ ...item, ...future }))
  return bytesBody(JSON.stringify({ ...list, items, envelope_member_from_the_future: true }))
}
