import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { Complaint } from '../complaint.ts'
import type { Item } from '../exchange.ts'
import type { ListCase } from './judge-list.ts'
import { sizeOfPage } from './judge-page.ts'
import { areNullsTogether, canStandAt, itemOrder, misplacedPair } from './item-order.ts'
import { selection } from './selection.ts'

/** The items of a page stand in the order that was asked for, and at places that they can have in the whole list. */
export function judgeOrder(listCase: ListCase): Complaint[] {
  const { query, envelope, corpus } = listCase
  const { sort } = query
  if (sort === undefined) return []
  const members = sort.map((key) => key.replace(/^-/, ''))
  const asked: readonly string[] = query.fields ?? (query.view === 'full' ? SELECTABLE_FIELDS : [])
  const page = envelope.items.map((item): Item => ({ ...corpus.byId.get(String(item['id'])), ...item }))
  // Without the values there is nothing to see. One that was asked for, or belongs to a known item, is null.
  const isKnown = (item: Item, member: string): boolean =>
    member in item || asked.includes(member) || corpus.byId.has(String(item['id']))
  if (page.some((item) => members.some((member) => !isKnown(item, member)))) return []
  if (page.some((item) => members.every((member) => !(member in item)))) return []
  const compare = itemOrder(sort, corpus.items, page)
  const isSelfEvident = envelope.items.every((item) => members.every((member) => member in item))
  const evidence = isSelfEvident ? 'answer' : 'comparison'
  const pair = misplacedPair(page, compare)
  const describe = (item: Item): string => members.map((member) => JSON.stringify(item[member] ?? null)).join(', ')
  if (pair !== undefined) {
    const came = `${describe(pair[1])} comes after ${describe(pair[0])}`
    return [{ law: 'sort-order', came, evidence }]
  }
  if (!areNullsTogether(page, sort[0] ?? '')) {
    return [{ law: 'sort-order', came: `items without ${members[0]} stand between others`, evidence }]
  }
  const all = scope(listCase)
  const size = sizeOfPage(query, corpus)
  const number = query.page?.[0] ?? 1
  if (all === undefined || (size === undefined && number > 1)) return []
  const start = (number - 1) * (size ?? 0)
  if (start >= all.length) return []
  const wrong = page.findIndex((item, index) => !canStandAt({ place: start + index, item, all, compare }))
  if (wrong === -1) return []
  const item = page[wrong] as Item
  const came = `${describe(item)} at place ${start + wrong}, where it cannot be among all ${all.length} items`
  return [{ law: 'sort-order', came, evidence: 'comparison' }]
}

/** Every item of the list that the page is a piece of; undefined: not known exactly. */
function scope({ query, corpus }: ListCase): readonly Item[] | undefined {
  if (corpus.extent === 'part') return undefined
  const { must, may } = selection(corpus.items, query)
  return must.length === may.length ? must : undefined
}
