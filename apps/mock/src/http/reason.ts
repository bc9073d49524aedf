import type { Answer } from './answer.ts'
import { withHeaders } from './answer.ts'

/**
 * Why, for the developer: which value, which rule, which way out. It is a header, because the body is the vendor's and
 * says no more than its samples do.
 */
const REASON_HEADER = 'x-mock-reason'

const MAX_LENGTH = 500

/** Beside the reasons that the answer has already. */
export function withReason(answer: Answer, reasons: string | readonly string[]): Answer {
  const added = [reasons].flat()
  if (added.length === 0) return answer
  const text = [answer.headers[REASON_HEADER] ?? [], added].flat().join('; ')
  return withHeaders(answer, { [REASON_HEADER]: headerText(text) })
}

/** Header values are ASCII without control characters; everything else is escaped as in JSON. */
function headerText(reason: string): string {
  const short = reason.length > MAX_LENGTH ? `${reason.slice(0, MAX_LENGTH)}...` : reason
  return short.replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
