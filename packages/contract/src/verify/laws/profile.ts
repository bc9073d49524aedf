import { QUESTIONS } from '@hood-exports/openapi/profile'
import type { QuestionId } from '@hood-exports/openapi/profile'
import { POINTERS } from '../law.ts'
import type { Family, Law } from '../law.ts'

type LawOf<Id extends QuestionId> = `learnt-${Id}`

const IDS = Object.keys(QUESTIONS) as QuestionId[]

/** The law that the answer to a question stays. */
export function lawOf(id: QuestionId): LawOf<QuestionId> {
  return `learnt-${id}`
}

/** What a profile has observed must stay so: a law for each question. They are looked at last, by learning again. */
export const profile: Family<LawOf<QuestionId>, 'profile'> = {
  name: 'profile',
  needs: ['profile'],
  laws: Object.fromEntries(
    IDS.map((id): [string, Law] => [
      lawOf(id),
      { expected: `as the profile says: ${QUESTIONS[id].asks}`, pointer: pointerOf(id), source: '?' },
    ]),
  ) as Readonly<Record<LawOf<QuestionId>, Law>>,
}

function pointerOf(id: QuestionId): string {
  if (id.startsWith('download.')) return POINTERS.download
  return id.startsWith('retry.') ? POINTERS.retry : POINTERS.list
}
