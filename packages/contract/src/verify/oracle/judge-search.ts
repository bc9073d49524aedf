import { SEARCHABLE_FIELDS } from '@hood-exports/openapi'
import type { Complaint } from '../complaint.ts'
import type { Item } from '../exchange.ts'
import type { ListCase } from './judge-list.ts'
import { contains, matches, memberOf } from './matches.ts'

/** A search finds what contains the text, and nothing else. */
export function judgeSearch({ query, envelope, corpus }: ListCase): Complaint[] {
  const { q, qFields = SEARCHABLE_FIELDS } = query
  if (q === undefined || q === '') return []
  const law = query.qFields === undefined ? 'search-default' : 'search-finds'
  const { items, total } = envelope
  // The answer's own values prove more than a comparison, where it has them all.
  const full = items.map((item) => ({ ...corpus.byId.get(String(item['id'])), ...item }))
  const wrong = full.find((item) => isKnown(item, qFields) && !contains(item, q, qFields, 'perhaps'))
  if (wrong !== undefined) {
    const values = qFields.map((field) => JSON.stringify(wrong[memberOf(field)] ?? null)).join(', ')
    const came = `item ${JSON.stringify(wrong['id'])}, whose ${qFields.map(memberOf).join(', ')} (${values}) does not have ${JSON.stringify(q)} in it`
    return [{ law, came, evidence: 'comparison' }]
  }
  // How many there are of those that meet the filters as well is counted with the filters.
  if (corpus.extent === 'part' || query.filters !== undefined) return []
  const { must, may } = matches(corpus.items, q, qFields)
  // Which field is the default one is not documented: whichever it is, it is one of them.
  const least =
    query.qFields === undefined
      ? Math.min(...SEARCHABLE_FIELDS.map((field) => matches(corpus.items, q, [field]).must.length))
      : must.length
  if (total < least || total > may.length) {
    const expected = least === may.length ? `${least}` : `${least} to ${may.length}`
    const came = `total ${total}, while ${expected} of ${corpus.total} items have ${JSON.stringify(q)} in their ${qFields.map(memberOf).join(' or ')}`
    return [{ law, came, evidence: 'comparison' }]
  }
  if (query.qFields === undefined || items.length < total) return []
  const found = new Set(items.map(({ id }) => id))
  const missed = must.find(({ id }) => !found.has(id))
  if (missed === undefined || items.some(({ id }) => id === undefined)) return []
  return [{ law, came: `item ${JSON.stringify(missed['id'])} is not found, though it matches`, evidence: 'comparison' }]
}

function isKnown(item: Item, qFields: readonly string[]): boolean {
  return qFields.every((field) => memberOf(field) in item)
}
