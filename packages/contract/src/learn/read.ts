import type { Filter } from '../verify/laws/filter/filter.ts'
import { list } from './probe.ts'
import type { Probe } from './probe.ts'
import type { Reading } from './account.ts'
import type { Look } from './look.ts'

/** An account is read in at most this many pages. */
const MOST_PAGES = 12
const LARGEST_PAGE = 250

/** Reads the account without `sort`, as far as a few pages go. Undefined: its list cannot be read. */
export async function read(
  probe: Pick<Probe, 'session'>,
  largest: number,
  scope?: Filter,
): Promise<{ reading: Reading; pageSize: number } | undefined> {
  const size = Math.min(largest, LARGEST_PAGE)
  const looks: Look[] = []
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const look = await list(probe, { view: 'full', page: [number, size], ...(scope && { filters: [scope] }) })
    if (look?.total === undefined) return undefined
    looks.push(look)
    if (number * size >= look.total) break
  }
  const items = new Map(looks.flatMap((look) => look.items.map((item) => [String(item['id']), item])))
  const total = looks.at(-1)?.total ?? 0
  return { reading: { total, items: [...items.values()], looks }, pageSize: size }
}
