import { SELECTABLE_FIELDS } from '@hood-exports/openapi'
import type { Complaint } from '../complaint.ts'
import type { Corpus } from '../corpus.ts'
import type { Item } from '../exchange.ts'
import { isMissing } from './text-order.ts'

/** Items have the values that they have elsewhere, and none comes that the account does not have. */
export function judgeValues({
  envelope: { items },
  corpus,
}: {
  readonly envelope: { readonly items: readonly Item[] }
  readonly corpus: Corpus
}): Complaint[] {
  return items.every((item) => typeof item['id'] === 'string')
    ? items.flatMap((item) => judgeIdentified(item, corpus)).slice(0, 3)
    : judgeAnonymous(items, corpus)
}

function judgeIdentified(item: Item, corpus: Corpus): Complaint[] {
  const id = String(item['id'])
  const known = corpus.byId.get(id)
  if (known === undefined) {
    return corpus.extent === 'part'
      ? []
      : [
          {
            law: 'own-items-only',
            came: `item "${id}", which the list without parameters does not have`,
            evidence: 'comparison',
          },
        ]
  }
  const differing = SELECTABLE_FIELDS.find(
    (member) => member in item && !isSameValue(member, item[member], known[member]),
  )
  if (differing === undefined) return []
  const came = `${differing} of item "${id}" is ${JSON.stringify(item[differing])} here and ${JSON.stringify(known[differing])} in the list`
  return [{ law: 'same-values', came, evidence: 'comparison' }]
}

/** Downloads raise their count at any time. */
function isSameValue(member: string, value: unknown, known: unknown): boolean {
  if (isMissing(value) && isMissing(known)) return true
  if (member === 'download_count' && typeof value === 'number' && typeof known === 'number') return value >= known
  return value === known
}

/** Without ids: each combination of values comes at most as often as there are items that have it. */
function judgeAnonymous(items: readonly Item[], corpus: Corpus): Complaint[] {
  const members = SELECTABLE_FIELDS.filter(
    (member) => member !== 'download_count' && items.some((item) => member in item),
  )
  if (members.length === 0 || corpus.extent === 'part') return []
  const textOf = (item: Item): string => JSON.stringify(members.map((member) => item[member] ?? null))
  const left = new Map<string, number>()
  for (const item of corpus.items) left.set(textOf(item), (left.get(textOf(item)) ?? 0) + 1)
  for (const item of items) {
    const text = textOf(item)
    const count = left.get(text) ?? 0
    if (count === 0) {
      const came = `${members.join(', ')} is ${text.slice(1, -1)} more often than any items have it`
      return [{ law: 'same-values', came, evidence: 'comparison' }]
    }
    left.set(text, count - 1)
  }
  return []
}
