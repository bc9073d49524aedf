import { withReason as withReasonIn } from '@hood-exports/provider'
import type { Answer } from '@hood-exports/provider'

/** Why, for the developer: which value, which rule, which way out. */
export function withReason(answer: Answer, reasons: string | readonly string[]): Answer {
  return withReasonIn(answer, 'x-mock-reason', reasons)
}
