import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../../account-snapshot.ts'
import type { Case } from '../../case.ts'
import { matches, memberOf } from '../../oracle/matches.ts'
import { listRequest } from '../../test-request.ts'
import { innerPiece } from '../search-terms.ts'

/** Longer texts may be refused, and none that is sent is longer. */
const [LONG, LONGEST] = [200, 300] as const

/** The longest texts, with another letter at their ends: only a term that is cut finds them. */
export function longCases({ items }: AccountSnapshot): Case[] {
  const texts = SEARCHABLE_FIELDS.flatMap((field) =>
    items.flatMap((item) => {
      const text = item[memberOf(field)]
      return typeof text === 'string' ? [{ field, text }] : []
    }),
  ).toSorted((one, other) => other.text.length - one.text.length)
  return [LONG, LONGEST].flatMap((length) => {
    if (length === LONGEST && (texts[0]?.text.length ?? 0) <= LONG) return []
    const terms = texts.slice(0, 20).map(({ field, text }) => ({ field, q: otherEnd(text, length) }))
    const long = terms.find(({ field, q }) => q !== undefined && matches(items, q, [field]).may.length === 0)
    if (long?.q === undefined) return []
    const { field, q } = long
    const request = listRequest({ fields: ['id', memberOf(field)], page: [1, 10], q, qFields: [field] })
    const mayBeRefused = length > LONG
    return [
      {
        law: 'search-finds',
        requests: [request],
        check: ([answer], { judgeList }) =>
          answer === undefined || (mayBeRefused && answer.status === 400) ? [] : judgeList(answer),
      } satisfies Case,
    ]
  })
}

/** A text up to a length, with another letter at its end. */
function otherEnd(text: string, length: number): string | undefined {
  const beginning = text.slice(0, length).toWellFormed().trim()
  return beginning === '' ? undefined : innerPiece(`${beginning}¤`, 0, length + 1)
}
