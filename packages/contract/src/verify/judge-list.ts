import type { AccountSnapshot } from './account-snapshot.ts'
import { envelopeOf } from './exchange.ts'
import type { Answer } from './exchange.ts'
import { isRefusedOperator, judgeRefusal } from './laws/filter/judge-filter.ts'
import { mayBePastEnd } from './laws/page.ts'
import { FAMILIES } from './laws.ts'
import { judgeAccepted } from './violation.ts'
import type { Violation } from './violation.ts'

/** Compares the answer to any well-formed list request with what is known of the account's items. */
export function judgeList(answer: Answer, snapshot: AccountSnapshot): Violation[] {
  const { request } = answer
  const { query } = request
  if (query === undefined) throw new Error(`"${request.search}" is no well-formed query`)
  // Whether a page past the last one is a mistake, missing or empty is not documented.
  if ([400, 404].includes(answer.status) && mayBePastEnd(query, snapshot)) return []
  if (isRefusedOperator(answer)) return []
  const refused = [...judgeRefusal(answer, query), ...judgeAccepted(answer)]
  if (refused.length > 0) return refused.slice(0, 1)
  const envelope = envelopeOf(answer)
  // Another shape breaks the spec, which is seen elsewhere.
  if (envelope === undefined) return []
  return FAMILIES.flatMap(({ onList }) => onList?.({ request, query, envelope, snapshot }) ?? [])
}
