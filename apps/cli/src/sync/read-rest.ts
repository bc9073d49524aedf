import type { Filter } from '@hood-exports/client'
import type { ListAccess } from './open-exports.ts'
import { pagesOf } from './walk.ts'
import type { WalkOptions } from './walk.ts'

/** Orders in which exports that were missed stand elsewhere: among equals a list may come in another order each time. */
const ORDERS = [
  ['create_time', 'name'],
  ['name', 'create_time'],
  ['-update_time', 'name'],
] as const

export interface ReadRestOptions extends ListAccess, Pick<WalkOptions, 'onPage'> {
  readonly filter: Filter | undefined
  /** How many different exports have come. */
  readonly seen: () => number
  /** Exports that the list has, as it says. */
  readonly total: number
}

/** Readings in a row without anything new, after which the rest is not there. */
const MOST_VAIN = 2
const MOST_READINGS = 12

/**
 * Reads a list again, in other orders, until as many different exports have come as it says that it has.
 * @returns how many have not.
 */
export async function readRest({ client, signal, filter, onPage, seen, total }: ReadRestOptions): Promise<number> {
  let announced = total
  let vain = 0
  for (let reading = 0; seen() < announced && vain < MOST_VAIN && reading < MOST_READINGS; reading += 1) {
    const before = seen()
    const sort = ORDERS[reading % ORDERS.length] ?? ORDERS[0]
    for await (const page of pagesOf(client, { sort, filter }, signal)) {
      announced = page.total
      await onPage(page)
      if (seen() >= announced) break
    }
    vain = seen() > before ? 0 : vain + 1
  }
  return Math.max(0, announced - seen())
}
