import { ERROR_STATUSES } from '@hood-exports/openapi'
import type { Answer, AnswerBody } from './answer.ts'
import { bytesBody, withHeaders } from './answer.ts'
import { BadRequest } from './bad-request.ts'

/** What goes wrong with a request. */
export interface Fault {
  /** Waits before anything else: a time from this range. */
  readonly delay?: { readonly fromMs: number; readonly toMs: number }
  /** The answer says that the request was not taken, so it is not carried out. */
  readonly isRefusal?: boolean
  /** What becomes of the answer. `error` makes one with that status, in the documented shape. */
  readonly change?: (answer: Answer, error: ErrorMaker) => Answer | Promise<Answer>
}

export type ErrorMaker = (status: number) => Answer | Promise<Answer>

/** A fault, and the share of the requests that it happens to: above 0, at most 1. */
export interface ScriptedFault {
  readonly fault: Fault
  readonly probability: number
  /** As it was written, without its share. */
  readonly text: string
}

interface Word {
  readonly help: readonly (readonly [example: string, effect: string])[]
  /** Undefined for a value that the word does not take. */
  readonly read: (value: string | undefined) => Fault | undefined
}

const STATUSES: readonly number[] = ERROR_STATUSES
const MAX_DELAY_MS = 600_000
const PROXY_PAGE =
  '<!doctype html><html><head><title>Please sign in</title></head><body><h1>Please sign in to the network</h1></body></html>\n'

/** The fault language: every word, what it does, what it takes. */
const WORDS: Readonly<Record<string, Word>> = {
  status: {
    help: [['status=500', `That status, in the documented shape: ${STATUSES.join(', ')}`]],
    read: (value = '') =>
      STATUSES.includes(Number(value))
        ? { isRefusal: Number(value) < 500, change: (_answer, error) => error(Number(value)) }
        : undefined,
  },
  'retry-after': {
    help: [
      ['retry-after=30', 'A 429 that asks for so many seconds'],
      ['retry-after=-1', 'A 429 of the limit on parallel requests'],
    ],
    read: (value = '') =>
      /^(?:-1|\d{1,9})$/.test(value)
        ? {
            isRefusal: true,
            change: async (_answer, error) => withHeaders(await error(429), { 'retry-after': String(Number(value)) }),
          }
        : undefined,
  },
  delay: {
    help: [
      ['delay=250ms', 'Answers later, up to ten minutes'],
      ['delay=100-300ms', 'Answers later, by a time from this range'],
    ],
    read: (value = '') => {
      const [, from, to = from] = /^(\d{1,6})(?:-(\d{1,6}))?(?:ms)?$/.exec(value) ?? []
      const [fromMs, toMs] = [Number(from), Number(to)]
      return fromMs <= toMs && toMs <= MAX_DELAY_MS ? { delay: { fromMs, toMs } } : undefined
    },
  },
  drop: {
    help: [['drop', 'Closes the connection without an answer']],
    read: alone((answer) => ({ ...answer, body: { kind: 'drop' } })),
  },
  truncate: {
    help: [['truncate=100', 'Cuts the connection after so many bytes of the body']],
    read: (value = '') =>
      /^\d{1,15}$/.test(value)
        ? { change: (answer) => ({ ...answer, body: { kind: 'cut', of: answer.body, afterBytes: Number(value) } }) }
        : undefined,
  },
  html: {
    help: [['html', '200 with a page, as a proxy in between sends']],
    read: alone((answer) => replaced(answer, 200, 'text/html; charset=utf-8', PROXY_PAGE)),
  },
  'empty-500': {
    help: [['empty-500', 'A 500 without a body']],
    read: alone((answer) => replaced(answer, 500, undefined, '')),
  },
  'no-items': {
    help: [['no-items', '200 with JSON that lacks items']],
    read: alone((answer) => replaced(answer, 200, 'application/json', '{"total":1}')),
  },
  'unknown-values': {
    help: [['unknown-values', 'A status and members that are not documented']],
    read: alone((answer) => (answer.status < 300 ? { ...answer, body: withUnknownValues(answer.body) } : answer)),
  },
}

/** What each fault does, for people. */
export const FAULTS: readonly (readonly [example: string, effect: string])[] = Object.values(WORDS).flatMap(
  ({ help }) => help,
)

const HELP = `give ${FAULTS.map(([example]) => example).join(', ')}; several with commas; @10% after one for a share of the requests`

/**
 * Reads faults such as `delay=100-300ms, status=500@10%`.
 *
 * @throws BadRequest for a fault that does not exist: a test that asks for one must not pass by accident.
 */
export function parseFaults(text: string): ScriptedFault[] {
  return text.split(',').map((part) => parseFault(part.trim()))
}

function parseFault(text: string): ScriptedFault {
  const [, script = '', percent] = /^(.*?)(?:@(\d+(?:\.\d+)?)%)?$/.exec(text) ?? []
  const [word = '', value] = script.split(/=(.*)/s, 2)
  const fault = Object.hasOwn(WORDS, word) ? WORDS[word]?.read(value) : undefined
  const probability = percent === undefined ? 1 : Number(percent) / 100
  if (fault === undefined) throw new BadRequest(`"${text}" is not a fault: ${HELP}`)
  if (!(probability > 0 && probability <= 1)) {
    throw new BadRequest(`"${text}": a share of ${percent}% is none; give more than 0%, at most 100%`)
  }
  return { fault, probability, text: script }
}

/** A word that takes no value. */
function alone(change: NonNullable<Fault['change']>): Word['read'] {
  return (value) => (value === undefined ? { change } : undefined)
}

function replaced(answer: Answer, status: number, mediaType: string | undefined, body: string): Answer {
  const kept = Object.entries(answer.headers).filter(([name]) => !name.startsWith('content-'))
  const headers = Object.fromEntries(mediaType === undefined ? kept : [...kept, ['content-type', mediaType]])
  return { status, headers, body: bytesBody(body) }
}

const FROM_THE_FUTURE = { status: 'status-from-the-future', member_from_the_future: { a: 1 } }

/** In each item of a list, or in the one object that an answer is; a file stays as it is. */
function withUnknownValues(body: AnswerBody): AnswerBody {
  const text = body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : ''
  if (!text.startsWith('{')) return body
  const object = JSON.parse(text) as { readonly total?: unknown; readonly items?: readonly object[] }
  if (!('total' in object)) return bytesBody(JSON.stringify({ ...object, ...FROM_THE_FUTURE }))
  const items = object.items?.map((item) => ({ ...item, ...FROM_THE_FUTURE }))
  return bytesBody(JSON.stringify({ ...object, items, envelope_member_from_the_future: true }))
}
