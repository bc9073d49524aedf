import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import { envelopeOf, statusAndBody } from '../exchange.ts'
import type { Answer, Envelope } from '../exchange.ts'
import type { ListQuery } from '../list-query.ts'
import { isRefusedOperator, judgeFilter, judgeRefusal } from './judge-filter.ts'
import { judgeMembers } from './judge-members.ts'
import { judgeOrder } from './judge-order.ts'
import { judgePage, mayBePastEnd } from './judge-page.ts'
import { judgeSearch } from './judge-search.ts'
import { judgeValues } from './judge-values.ts'

/** What every part of the judgement of a list looks at. */
export interface ListCase {
  readonly query: ListQuery
  readonly envelope: Envelope
  readonly corpus: Corpus
}

/** Holds the answer to any well-formed list request against what is known of the account's items. */
export function judgeList(answer: Answer, corpus: Corpus): Complaint[] {
  const { query } = answer.ask
  if (query === undefined) throw new Error(`"${answer.ask.search}" is no well-formed query`)
  // Whether a page past the last one is a mistake, missing or empty is not documented.
  if ([400, 404].includes(answer.status) && mayBePastEnd(query, corpus)) return []
  if (isRefusedOperator(answer)) return []
  const refusal = judgeRefusal(answer, query)
  if (refusal.length > 0) return refusal
  const refused = judgeAccepted(answer)
  if (refused.length > 0) return refused
  const envelope = envelopeOf(answer)
  // Another shape is complained about by the spec.
  if (envelope === undefined) return []
  const listCase: ListCase = { query, envelope, corpus }
  return [judgeSearch, judgeFilter, judgePage, judgeMembers, judgeValues, judgeOrder].flatMap((judge) =>
    judge(listCase),
  )
}

/** Whether a valid request was answered with 200. */
export function judgeAccepted(answer: Answer): Complaint[] {
  if (answer.status === 200) return []
  const came = statusAndBody(answer)
  return [{ law: 'valid-is-answered', came, evidence: 'answer' }]
}
