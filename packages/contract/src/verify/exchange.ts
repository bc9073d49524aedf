import { NUMERIC_MEMBERS } from '@hood-exports/openapi'
import { jsonFault } from './json-fault.ts'
import type { TestRequest } from './test-request.ts'

/** A request that was sent, and what came of it. Times in milliseconds on the clock of the run. */
export type Exchange = Answer | NoAnswer

/** A complete answer. */
export interface Answer {
  readonly kind: 'answer'
  readonly request: TestRequest
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly sentAtMs: number
  /** When its status and headers had come. */
  readonly headAtMs: number
  /** The same moment in milliseconds since the epoch. */
  readonly headAtWallMs: number
}

/** No answer, or one that was not complete. */
export interface NoAnswer {
  readonly kind: 'no-answer'
  readonly request: TestRequest
  /** Where it failed: to connect, before the head, or in the body; `timeout`: nothing but that it took too long. */
  readonly stage: 'connect' | 'head' | 'body' | 'timeout'
  readonly sentAtMs: number
  /** What went wrong, in words. */
  readonly reason: string
  /** The code of the network or of TLS, such as `ECONNREFUSED`. */
  readonly code?: string
}

/** An item as it came, but for its numbers: those that came as texts are numbers here. */
export type Item = Readonly<Record<string, unknown>>

export interface Envelope {
  readonly total: number
  readonly items: readonly Item[]
}

export type Parsed =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `byte` counts from 0; `reason` goes on after it: what is there. */
  | { readonly kind: 'not-json'; readonly byte: number; readonly reason: string }

const parsed = new WeakMap<Answer, Parsed>()
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The body as JSON. */
export function jsonOf(answer: Answer): Parsed {
  const found = parsed.get(answer) ?? parse(answer.bytes)
  parsed.set(answer, found)
  return found
}

function parse(bytes: Uint8Array): Parsed {
  const illFormed = illFormedByte(bytes)
  if (illFormed !== undefined) return { kind: 'not-json', byte: illFormed, reason: 'is no UTF-8' }
  const text = utf8.decode(bytes)
  if (text.startsWith('\uFEFF')) return { kind: 'not-json', byte: 0, reason: 'begins a byte order mark' }
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    const { at, reason } = jsonFault(text) ?? { at: 0, reason: 'begins what is nested too deep' }
    return { kind: 'not-json', byte: Buffer.byteLength(text.slice(0, at)), reason }
  }
}

/** The first byte, from 0, that is not UTF-8. */
function illFormedByte(bytes: Uint8Array): number | undefined {
  const isWellFormed = (length: number): boolean => isUtf8Start(bytes.subarray(0, length))
  if (isWellFormed(bytes.length)) return undefined
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isWellFormed(middle)) good = middle
    else bad = middle
  }
  return good
}

/** Whether bytes are UTF-8, as far as they go. */
function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * The envelope in a 200; undefined when it has another shape, which is reported elsewhere. Numbers may come as
 * texts of digits: both are numbers here.
 */
export function envelopeOf(answer: Answer): Envelope | undefined {
  const json = jsonOf(answer)
  if (json.kind === 'not-json' || !isRecord(json.value)) return undefined
  const { items } = json.value
  const total = numberOf(json.value['total'])
  if (typeof total !== 'number' || !Array.isArray(items) || !items.every(isRecord)) return undefined
  return { total, items: items.map(withNumbers) }
}

function withNumbers(item: Item): Item {
  const texts = NUMERIC_MEMBERS.filter((member) => typeof item[member] === 'string')
  if (texts.length === 0) return item
  return { ...item, ...Object.fromEntries(texts.map((member) => [member, numberOf(item[member])])) }
}

function numberOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
}

/** Without its parameters; empty where there is none. */
export function mediaTypeOf({ headers }: Pick<Answer, 'headers'>): string {
  return (headers.get('content-type') ?? '').replace(/;.*/, '').trim().toLowerCase()
}

export function isRecord(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
