import type { Answer } from './exchange.ts'
import type { TestRequest } from './test-request.ts'

/** `critical`: data of others or unwanted writes. `minor`: a choice of this project that the vendor may not share. */
export type Gravity = 'critical' | 'major' | 'minor'

/** A promise that does not hold. */
export interface Violation<Law extends string = string> {
  readonly law: Law
  readonly request: TestRequest
  /** What came: a sentence. */
  readonly actual: string
  /**
   * `answer`: one answer proves it. `comparison`: it contradicts other answers, so the data may just have changed;
   * it counts only when a second reading shows that the data did not.
   */
  readonly evidence: 'answer' | 'comparison'
  /** JSON pointer into the spec, where it is more exact than the law's. */
  readonly pointer?: string
  /** The request whose answer it is compared with, where that is a single one. */
  readonly comparedWith?: TestRequest
  /** How many requests at once show it. Default 1. */
  readonly times?: number
  /** Members of items whose values it is about. Default: none in particular. */
  readonly members?: readonly string[]
  /** Where it is less than that of its law. */
  readonly gravity?: Gravity
  /** A law that explains it where that is broken as well. */
  readonly follows?: string
  /** Violations with an equal one are one failure, whatever their laws. Default: those of a law that say the same. */
  readonly cause?: string
}

/** What the answer to `request` proves by itself. */
export function violation<Law extends string>(law: Law, request: TestRequest, actual: string): Violation<Law> {
  return { law, request, actual, evidence: 'answer' }
}

/** What contradicts other answers. */
export function contradiction<Law extends string>(law: Law, request: TestRequest, actual: string): Violation<Law> {
  return { law, request, actual, evidence: 'comparison' }
}

/** Another status than the one that keeps data secret; where it is an error as well, no data has leaked. */
export function leak<Law extends string>(law: Law, answer: Answer): Violation<Law> {
  return { ...violation(law, answer.request, statusAndBody(answer)), ...(answer.status >= 400 && { gravity: 'major' }) }
}

/** A valid request must be answered with 200. */
export function judgeAccepted(answer: Answer): Violation<'valid-is-answered'>[] {
  return answer.status === 200 ? [] : [violation('valid-is-answered', answer.request, statusAndBody(answer))]
}

/** What came where another status was promised. */
export function statusAndBody(answer: Answer): string {
  const text = excerpt(answer)
  return text === '' ? `the status ${answer.status} without a body` : `the status ${answer.status}: ${text}`
}

/** The beginning of a body. */
export function excerpt({ bytes }: Pick<Answer, 'bytes'>, length = 120): string {
  const text = new TextDecoder().decode(bytes.subarray(0, length * 4))
  return text.length > length ? `${text.slice(0, length)}…` : text
}

/** `1 item`, `2 items`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
