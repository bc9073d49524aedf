import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import { listCase } from '../case.ts'
import type { Case, World } from '../case.ts'
import type { Item } from '../exchange.ts'
import type { Family } from '../law.ts'
import type { ListAnswer } from '../list-answer.ts'
import { isMissing } from '../oracle/text-order.ts'
import { listRequest } from '../test-request.ts'
import type { TestRequest } from '../test-request.ts'
import { itemName } from '../../schema-errors.ts'
import { contradiction, violation } from '../violation.ts'
import type { Violation } from '../violation.ts'
import { selectedPages } from './page.ts'

type Law = 'fields-exact' | 'view-complete'

export const fields: Family<Law, 'fields'> = {
  name: 'fields',
  laws: {
    'fields-exact': {
      expected: 'fields selects exactly the members it names, whatever view says',
      pointer: '/components/parameters/Fields',
      source: 'V, S',
      isSeenIn: ({ request }) => request.query?.fields !== undefined,
    },
    'view-complete': {
      expected: 'view=full has every member that fields can select',
      pointer: '/components/parameters/View',
      source: 'V',
      isSeenIn: ({ request: { query } }) => query?.view !== undefined && query.fields === undefined,
    },
  },
  cases: fieldCases,
  onList: judgeMembers,
}

/** Sorting, searching and filtering select most members one by one on their way. */
function fieldCases({ snapshot }: World): Case[] {
  return [
    ...Object.values(selectedPages(snapshot)).map((request) => listCase('fields-exact', request)),
    listCase('view-complete', listRequest({ view: 'default', page: [1, Math.min(20, snapshot.pageSize)] })),
  ]
}

/**
 * `fields` names exactly the members that come. Without it, members that are not documented may come at any time. One
 * without a value may be left out.
 */
export function judgeMembers({
  request,
  query: { fields: named, view },
  envelope: { items },
  snapshot,
}: ListAnswer): Violation<Law>[] {
  const wanted = named ?? (view === 'full' ? SELECTABLE_FIELDS : undefined)
  if (wanted === undefined) return []
  const law = named === undefined ? 'view-complete' : 'fields-exact'
  for (const [index, item] of items.entries()) {
    const given = named === undefined ? SELECTABLE_FIELDS : Object.keys(item)
    const extra = given.find((member) => member in item && !wanted.includes(member))
    if (extra !== undefined) {
      const actual = `${itemName(item['id'], index)} has "${extra}", which was not asked for`
      return [{ ...violation(law, request, actual), members: [extra] }]
    }
    const known = snapshot.byId.get(String(item['id']))
    const lacking = wanted.find((member) => !(member in item) && known !== undefined && !isMissing(known[member]))
    if (lacking !== undefined) {
      const actual = `${itemName(item['id'], index)} lacks "${lacking}", which is ${JSON.stringify(known?.[lacking])} in other answers`
      return [{ ...contradiction(law, request, actual), members: [lacking] }]
    }
  }
  // Without ids: a member that no item of the page has, while every known item has a value.
  const missing = wanted.find(
    (member) =>
      items.length > 0 &&
      items.every((item) => !(member in item)) &&
      snapshot.items.length > 0 &&
      snapshot.items.every((item) => !isMissing(item[member])),
  )
  if (missing !== undefined) {
    return [contradiction(law, request, `no item has "${missing}", which other answers have`)]
  }
  return view === 'full' && named === undefined ? judgeNames(request, items) : []
}

/** Members without which no list of exports makes sense. */
const SUBSTANTIAL = SELECTABLE_FIELDS.filter(
  (member) => !['creator_id', 'description', 'expire_time', 'failure_reason'].includes(member),
)
const ENOUGH_ITEMS = 5

/** A member that no item has, while all have one that is not documented: it has got another name. */
function judgeNames(request: TestRequest, items: readonly Item[]): Violation<Law>[] {
  if (items.length < ENOUGH_ITEMS || items.every(({ status }) => status !== 'ready')) return []
  const [first = {}] = items
  const absent = SUBSTANTIAL.find((member) => items.every((item) => !(member in item)))
  const unknown = Object.keys(first).find(
    (name) => !(SELECTABLE_FIELDS as readonly string[]).includes(name) && items.every((item) => name in item),
  )
  if (absent === undefined || unknown === undefined) return []
  return [violation('view-complete', request, `no item has "${absent}", and all have "${unknown}"`)]
}
