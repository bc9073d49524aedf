import { isOfBody, judgeDeviations } from '../deviations.ts'
import { isRecord, jsonOf } from '../exchange.ts'
import type { Answer } from '../exchange.ts'
import type { Family } from '../law.ts'
import { isDocumented } from '../test-request.ts'
import { violation } from '../violation.ts'
import type { Violation } from '../violation.ts'

type Law = 'spec-errors'

export const errors: Family<Law, 'errors'> = {
  name: 'errors',
  laws: {
    'spec-errors': {
      expected: 'errors are as in the spec',
      pointer: '/components/schemas/ErrorBody',
      source: 'S, V',
      isSeenIn: isError,
    },
  },
  onAnswer: (answer) =>
    isError(answer) ? [...judgeDeviations('spec-errors', answer, isOfBody), ...judgeError(answer)] : [],
}

function isError({ status }: Answer): boolean {
  return status >= 400
}

function judgeError(answer: Answer): Violation<Law>[] {
  const { request } = answer
  const json = jsonOf(answer)
  if (!isDocumented(request) || json.kind === 'not-json' || !isRecord(json.value)) return []
  const { title, items, total } = json.value
  return [
    ...(title === '' ? [violation('spec-errors', request, 'the title is empty')] : []),
    ...(items === undefined && total === undefined
      ? []
      : [violation('spec-errors', request, 'the error carries data: total or items')]),
  ]
}
