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
  const [any, another] = random.shuffle(ids)
  const forms: readonly (Ask | undefined)[] = [
    any === undefined ? undefined : askView(any, { fields: ['id', ...SELECTABLE_FIELDS.slice(1, 8)] }),
    ids.at(-1) === undefined ? undefined : askView(ids.at(-1) ?? '', { view: 'full' }),
    another === undefined ? undefined : askView(another, { fields: ['name', 'description'], view: 'full' }),
    another === undefined ? undefined : askView(another),
  ]
  return forms
    .filter((ask) => ask !== undefined)
    .map((ask) => ({
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
