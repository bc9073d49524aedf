import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { askView } from '../ask.ts'
import type { Ask } from '../ask.ts'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer } from '../exchange.ts'
import { judgeAccepted } from '../oracle/judge-list.ts'
import { judgeMembers } from '../oracle/judge-members.ts'
import { judgeValues } from '../oracle/judge-values.ts'
import type { Case, World } from './case.ts'

/** Views of items from all over the list, in each form of the parameters. */
export function viewingCases({ corpus, random }: World): Case[] {
  const ids = [...corpus.byId.keys()]
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return []
  const any = random.pick(ids) ?? first
  const lengthOf = (id: string): number => JSON.stringify(corpus.byId.get(id)?.['description'] ?? '').length
  const longest = ids.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one), any)
  const named = (pattern: RegExp): string | undefined =>
    random.pick(ids.filter((id) => pattern.test(String(corpus.byId.get(id)?.['name']))))
  const asks: readonly Ask[] = [
    // Letters that get lost where a text is decoded twice, and those that are escaped in HTML.
    askView(named(/\P{ASCII}/u) ?? any, { fields: ['id', ...SELECTABLE_FIELDS.slice(1, 8)] }),
    askView(named(/[<>&"']/) ?? last, { view: 'full' }),
    askView(longest, { fields: ['name', 'description'], view: 'full' }),
    askView(first),
  ]
  return asks.map((ask) => ({
    law: 'view-is-list-item',
    asks: [ask],
    judge: ([answer], known) => (answer ? judgeView(answer, known) : []),
  }))
}

/** Holds the view of a known item against the list. */
export function judgeView(answer: Answer, corpus: Corpus): Complaint[] {
  const refused = judgeAccepted(answer)
  if (refused.length > 0) return refused.map((complaint) => ({ ...complaint, evidence: 'comparison' }))
  const envelope = envelopeOf(answer)
  const id = decodeURIComponent(answer.ask.path.split('/').at(-1) ?? '')
  const [item] = envelope?.items ?? []
  const { query } = answer.ask
  if (envelope === undefined || item === undefined || query === undefined) return []
  if ('id' in item && item['id'] !== id) {
    const came = `item ${JSON.stringify(item['id'])} instead of "${id}"`
    return [{ law: 'view-is-list-item', came, evidence: 'answer' }]
  }
  // The id is known from the path, whether it was asked for or not.
  const known = { ...corpus, items: corpus.items.filter((other) => other['id'] === id) }
  const judged = { query, envelope: { items: [item] }, corpus: known }
  return [...judgeMembers(judged), ...judgeValues({ envelope: { items: [{ ...item, id }] }, corpus })]
}
