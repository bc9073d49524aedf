import type { Item } from './exchange.ts'

/** All that is known of the account's items: what every later answer is compared with. */
export interface AccountSnapshot {
  /** `whole`: every item was read. `part`: the account has too many for the budget. */
  readonly extent: 'whole' | 'part'
  readonly total: number
  /** With every member, in the order that a list without `sort` has. */
  readonly items: readonly Item[]
  readonly byId: ReadonlyMap<string, Item>
  /** A number of items in a page that the provider is known to grant. */
  readonly pageSize: number
  /** Items in a page when `page` does not say; undefined: not less than `total`. */
  readonly defaultPageSize: number | undefined
  /** Larger pages are cut to this many items; undefined: that was not seen. */
  readonly largestPage?: number
}

export function snapshotOf(parts: Omit<AccountSnapshot, 'byId' | 'extent'>): AccountSnapshot {
  const byId = new Map(parts.items.flatMap((item) => (typeof item['id'] === 'string' ? [[item['id'], item]] : [])))
  // Pages that repeat items leave others out.
  const items = parts.items.filter((item) => typeof item['id'] !== 'string' || byId.get(item['id']) === item)
  return { ...parts, items, byId, extent: items.length >= parts.total ? 'whole' : 'part' }
}

/**
 * Whether two readings saw the same items with the same values, in whatever order.
 *
 * @param ignored members that may differ
 */
export function isSameReading(one: AccountSnapshot, other: AccountSnapshot, ignored: readonly string[] = []): boolean {
  if (one.total !== other.total || one.byId.size !== other.byId.size) return false
  return [...one.byId].every(([id, item]) => {
    const counterpart = other.byId.get(id)
    return counterpart !== undefined && textOf(item, ignored) === textOf(counterpart, ignored)
  })
}

function textOf(item: Item, ignored: readonly string[]): string {
  const members = Object.keys(item).filter((member) => !ignored.includes(member))
  return JSON.stringify(members.toSorted().map((member) => [member, item[member]]))
}
