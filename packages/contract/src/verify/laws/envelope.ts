import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { AccountSnapshot } from '../account-snapshot.ts'
import type { Case, World } from '../case.ts'
import { isOfBody, judgeDeviations } from '../deviations.ts'
import { envelopeOf } from '../exchange.ts'
import type { Answer } from '../exchange.ts'
import { POINTERS } from '../law.ts'
import type { Family } from '../law.ts'
import type { ListAnswer } from '../list-answer.ts'
import { isSelective } from '../list-query.ts'
import { viewRequest } from '../test-request.ts'
import { contradiction, count, judgeAccepted, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { judgeMembers } from './fields.ts'
import { hasItems, isOfItem, judgeValues } from './items.ts'
import { judgeOwnItems } from './tenancy/hidden.ts'

type Law = 'spec-list' | 'total-counts-matches' | 'view-is-list-item'

export const envelope: Family<Law, 'envelope'> = {
  name: 'envelope',
  laws: {
    'spec-list': {
      expected: 'lists and views are as in the spec',
      pointer: POINTERS.list,
      source: 'S',
      isSeenIn: hasItems,
    },
    'total-counts-matches': {
      expected: 'total counts every match, whatever the page',
      pointer: '/components/schemas/ExportList/properties/total',
      source: 'S',
      isSeenIn: ({ request, status }) => request.operation === 'list' && status === 200,
    },
    'view-is-list-item': {
      expected: 'a view is the envelope of the one item that was asked for',
      pointer: POINTERS.view,
      source: 'V',
    },
  },
  cases: viewCases,
  onAnswer: (answer) =>
    answer.status === 202 || answer.status >= 400
      ? []
      : judgeDeviations('spec-list', answer, (deviation) => isOfBody(deviation) && !isOfItem(deviation.path)),
  onList: judgeTotal,
}

function judgeTotal({ request, query, envelope: { total, items }, snapshot }: ListAnswer): Violation<Law>[] {
  if (total < items.length) {
    return [violation('total-counts-matches', request, `total ${total} with ${count(items.length, 'item')}`)]
  }
  if (isSelective(query) || total === snapshot.total) return []
  return [contradiction('total-counts-matches', request, `total ${total}, while other answers say ${snapshot.total}`)]
}

/** Views of items from all over the list, in each form of the parameters. */
function viewCases({ snapshot, random }: World): Case[] {
  const ids = [...snapshot.byId.keys()]
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined) return []
  const any = random.pick(ids) ?? first
  const lengthOf = (id: string): number => JSON.stringify(snapshot.byId.get(id)?.['description'] ?? '').length
  const longest = ids.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one), any)
  const named = (pattern: RegExp): string | undefined =>
    random.pick(ids.filter((id) => pattern.test(String(snapshot.byId.get(id)?.['name']))))
  const requests = [
    // Letters that get lost where a text is decoded twice, and those that are escaped in HTML.
    viewRequest(named(/\P{ASCII}/u) ?? any, { fields: ['id', ...SELECTABLE_FIELDS.slice(1, 8)] }),
    viewRequest(named(/[<>&"']/) ?? last, { view: 'full' }),
    viewRequest(longest, { fields: ['name', 'description'], view: 'full' }),
    viewRequest(first),
  ]
  return requests.map((request) => ({
    law: 'view-is-list-item',
    requests: [request],
    check: ([answer], context) => (answer ? judgeView(answer, context.snapshot) : []),
  }))
}

/** Compares the view of a known item with the list. */
export function judgeView(answer: Answer, snapshot: AccountSnapshot): Violation[] {
  const { request } = answer
  const id = decodeURIComponent(request.path.split('/').at(-1) ?? '')
  // It has gone since.
  if (answer.status === 404 && !snapshot.byId.has(id)) return []
  const refused = judgeAccepted(answer)
  if (refused.length > 0) return refused.map((one) => ({ ...one, evidence: 'comparison' }))
  const [item] = envelopeOf(answer)?.items ?? []
  const { query } = request
  if (item === undefined || query === undefined) return []
  if ('id' in item && item['id'] !== id) {
    return [violation('view-is-list-item', request, `item ${JSON.stringify(item['id'])} instead of "${id}"`)]
  }
  // The id is known from the path, whether it was asked for or not.
  const identified = [{ ...item, id }]
  const known = { ...snapshot, items: snapshot.items.filter((other) => other['id'] === id) }
  return [
    ...judgeMembers({ request, query, envelope: { total: 1, items: [item] }, snapshot: known }),
    ...judgeValues(request, identified, snapshot),
    ...judgeOwnItems(request, identified, snapshot),
  ]
}
