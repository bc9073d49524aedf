import { ERROR_STATUSES } from '@hood-exports/openapi'

/** What is to go wrong with a request. */
export type Fault =
  /** Answers with this status, in the documented shape. */
  | { readonly kind: 'status'; readonly status: number }
  /** A 429 that says so many seconds; -1 is the limit on parallel requests. */
  | { readonly kind: 'retry-after'; readonly seconds: number }
  /** Waits before anything else: a time from this range. */
  | { readonly kind: 'delay'; readonly fromMs: number; readonly toMs: number }
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

/** A fault, and the share of the requests that it happens to: above 0, at most 1. */
export interface ScriptedFault {
  readonly fault: Fault
  readonly probability: number
}

/** Whether it says that the request was not taken. After any other fault it may have been. */
export function isRefusal(fault: Fault): boolean {
  return fault.kind === 'retry-after' || (fault.kind === 'status' && fault.status < 500)
}

const FAULT_STATUSES: readonly number[] = ERROR_STATUSES
const MAX_DELAY_MS = 600_000

/** What each fault does, for people. */
export const FAULTS: readonly (readonly [example: string, effect: string])[] = [
  ['status=500', `That status, in the documented shape: ${FAULT_STATUSES.join(', ')}`],
  ['retry-after=30', 'A 429 that asks for so many seconds'],
  ['retry-after=-1', 'A 429 of the limit on parallel requests'],
  ['delay=250ms', 'Answers later, up to ten minutes'],
  ['delay=100-300ms', 'Answers later, by a time from this range'],
  ['drop', 'Closes the connection without an answer'],
  ['truncate=100', 'Cuts the connection after so many bytes of the body'],
  ['html', '200 with a page, as a proxy in between sends'],
  ['empty-500', 'A 500 without a body'],
  ['no-items', '200 with JSON that lacks items'],
  ['unknown-values', 'A status and members that no documentation knows'],
]

const HELP = `give ${FAULTS.map(([example]) => example).join(', ')}; several with commas; @10% after one for a share of the requests`

/**
 * Reads faults such as `delay=100-300ms, status=500@10%`.
 *
 * @throws RangeError for a fault that does not exist: a test that asks for one must not pass by accident.
 */
export function parseFaults(text: string): ScriptedFault[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseScripted)
}

function parseScripted(text: string): ScriptedFault {
  const [, script = '', percent] = /^(.*?)(?:@(\d+(?:\.\d+)?)%)?$/.exec(text) ?? []
  const fault = parseFault(script)
  const probability = percent === undefined ? 1 : Number(percent) / 100
  if (fault === undefined) throw new RangeError(`"${text}" is no fault: ${HELP}`)
  if (!(probability > 0 && probability <= 1)) {
    throw new RangeError(`"${text}": a share of ${percent}% is none; give more than 0%, at most 100%`)
  }
  return { fault, probability }
}

function parseFault(text: string): Fault | undefined {
  const [name, value] = text.split(/=(.*)/s, 2)
  switch (name) {
    case 'status':
      return FAULT_STATUSES.includes(Number(value)) ? { kind: 'status', status: Number(value) } : undefined
    case 'retry-after':
      return /^(?:-1|\d{1,9})$/.test(value ?? '') ? { kind: 'retry-after', seconds: Number(value) } : undefined
    case 'delay':
      return parseDelay(value ?? '')
    case 'truncate':
      return /^\d{1,15}$/.test(value ?? '') ? { kind: 'truncate', bytes: Number(value) } : undefined
    case 'drop':
    case 'html':
    case 'empty-500':
    case 'no-items':
    case 'unknown-values':
      return value === undefined ? { kind: name } : undefined
    default:
      return undefined
  }
}

function parseDelay(value: string): Fault | undefined {
  const [, from, to = from] = /^(\d{1,6})(?:-(\d{1,6}))?(?:ms)?$/.exec(value) ?? []
  const [fromMs, toMs] = [Number(from), Number(to)]
  return fromMs <= toMs && toMs <= MAX_DELAY_MS ? { kind: 'delay', fromMs, toMs } : undefined
}
