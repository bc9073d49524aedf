import type { Item } from '../exchange.ts'
import { isMissing, rankTexts, textOrder } from './text-order.ts'
import type { Order, Ranks } from './text-order.ts'

export type CompareItems = (one: Item, other: Item) => Order

/** Members whose words may be sorted by a rank, and not by their letters. */
const RANKED: readonly string[] = ['resource', 'status']

/** Every list is compared with the same items. */
const rankings = new WeakMap<readonly Item[], Map<string, Ranks>>()

function ranksOf(member: string, known: readonly Item[], page: readonly Item[]): Ranks {
  const byMember = rankings.get(known) ?? new Map<string, Ranks>()
  rankings.set(known, byMember)
  const ranks = byMember.get(member) ?? rankTexts(known.map((item) => item[member]))
  byMember.set(member, ranks)
  const isRanked = page.every(({ [member]: value }) => typeof value !== 'string' || ranks.has(value))
  return isRanked ? ranks : rankTexts([...known, ...page].map((item) => item[member]))
}

/** Compares items by sort keys, as far as every provider must agree. */
export function itemOrder(sort: readonly string[], known: readonly Item[], page: readonly Item[]): CompareItems {
  const keys = sort.map((key) => {
    const member = key.replace(/^-/, '')
    return { member, isDescending: key.startsWith('-'), compare: textOrder(ranksOf(member, known, page)) }
  })
  return (one, other) => {
    for (const { member, isDescending, compare } of keys) {
      const order = compare(one[member], other[member])
      if (order === 'disputed' || (order !== 'same' && RANKED.includes(member))) return 'disputed'
      if (order !== 'same') return isDescending === (order === 'before') ? 'after' : 'before'
    }
    return 'same'
  }
}

/** The first two items of a page that are the wrong way round. */
export function misplacedPair(page: readonly Item[], compare: CompareItems): readonly [Item, Item] | undefined {
  for (const [index, later] of page.entries()) {
    for (let place = index - 1; place >= 0; place -= 1) {
      const earlier = page[place]
      if (earlier !== undefined && compare(earlier, later) === 'after') return [earlier, later]
    }
  }
  return undefined
}

/**
 * Whether the items without a value stand together, at either end: which one is not documented. Zero and the empty
 * text may be mixed with them, as some providers take those for the same. So do the items with one word, where
 * words may have a rank.
 */
export function areGroupsTogether(page: readonly Item[], key: string): boolean {
  const member = key.replace(/^-/, '')
  const values = page.map((item) => item[member]).filter((value) => value !== 0 && value !== '')
  const kinds = RANKED.includes(member) ? values.map((value) => value ?? null) : values.map((value) => isMissing(value))
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1])
  return changes.length < Math.max(1, new Set(kinds).size)
}

export interface PlaceOptions {
  /** From 0, in the whole list. */
  readonly place: number
  readonly item: Item
  readonly all: readonly Item[]
  readonly compare: CompareItems
}

/** Whether an item can stand at a place: not before what must precede it, nor after what must follow it. */
export function canStandAt({ place, item, all, compare }: PlaceOptions): boolean {
  let before = 0
  let after = 0
  for (const other of all) {
    const order = compare(other, item)
    if (order === 'before') before += 1
    else if (order === 'after') after += 1
  }
  return before <= place && place <= all.length - 1 - after
}
