import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import type { Item } from '../exchange.ts'
import type { ListQuery } from '../list-query.ts'
import { isMissing } from './text-order.ts'

/**
 * `fields` names exactly the members that come. Members that no documentation knows may come at any time, and one
 * without a value may be left out.
 */
export function judgeMembers({
  query: { fields, view },
  envelope: { items },
  corpus,
}: {
  readonly query: ListQuery
  readonly envelope: { readonly items: readonly Item[] }
  readonly corpus: Corpus
}): Complaint[] {
  const asked = fields ?? (view === 'full' ? SELECTABLE_FIELDS : undefined)
  if (asked === undefined) return []
  const law = fields === undefined ? 'view-complete' : 'fields-exact'
  for (const [index, item] of items.entries()) {
    const extra = SELECTABLE_FIELDS.find((member) => member in item && !asked.includes(member))
    if (extra !== undefined) {
      return [{ law, came: `item ${index} has "${extra}", which was not asked for`, evidence: 'answer' }]
    }
    const known = corpus.byId.get(String(item['id']))
    const lacking = asked.find((member) => !(member in item) && known !== undefined && !isMissing(known[member]))
    if (lacking !== undefined) {
      const came = `item ${JSON.stringify(item['id'])} lacks "${lacking}", which other answers have`
      return [{ law, came, evidence: 'comparison' }]
    }
  }
  // Without ids: a member that no item of the page has, while every known item has a value.
  const missing = asked.find(
    (member) =>
      items.length > 0 &&
      items.every((item) => !(member in item)) &&
      corpus.items.length > 0 &&
      corpus.items.every((item) => !isMissing(item[member])),
  )
  if (missing !== undefined) {
    return [{ law, came: `no item has "${missing}", which other answers have`, evidence: 'comparison' }]
  }
  return view === 'full' && fields === undefined ? judgeNames(items) : []
}

/** Members without which no list of exports makes sense. */
const SUBSTANTIAL = SELECTABLE_FIELDS.filter(
  (member) => !['creator_id', 'description', 'expire_time', 'failure_reason'].includes(member),
)
const ENOUGH_ITEMS = 5

/** A member that no item has, while all have one that is not documented: it has got another name. */
function judgeNames(items: readonly Item[]): Complaint[] {
  if (items.length < ENOUGH_ITEMS || items.every(({ status }) => status !== 'ready')) return []
  const [first = {}] = items
  const absent = SUBSTANTIAL.find((member) => items.every((item) => !(member in item)))
  const unknown = Object.keys(first).find(
    (name) => !(SELECTABLE_FIELDS as readonly string[]).includes(name) && items.every((item) => name in item),
  )
  if (absent === undefined || unknown === undefined) return []
  return [{ law: 'view-complete', came: `no item has "${absent}", and all have "${unknown}"`, evidence: 'answer' }]
}
