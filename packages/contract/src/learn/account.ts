import { isDeepStrictEqual } from 'node:util'
import type { Item } from '../verify/exchange.ts'
import type { Look } from './look.ts'

/** The exports of the account, read from page to page without `sort`. */
export interface Reading {
  readonly total: number
  /** In the order in which they came. */
  readonly items: readonly Item[]
  readonly looks: readonly Look[]
}

/** What was read before the questions, and after them. */
export interface Account {
  readonly before: Reading
  /** Undefined: it could not be read again. */
  readonly after: Reading | undefined
}

/** Whether an export is found; undefined: it may be. */
export type Condition = (item: Item) => boolean | undefined

export interface Expectation {
  readonly condition: Condition
  /** The members that the condition looks at. */
  readonly members: readonly string[]
}

export function isWhole({ total, items }: Reading): boolean {
  return items.length >= total
}

/**
 * Whether a list can have come from a provider that finds what a condition says. Exports that have changed between the
 * two readings, and those that were not read, may have been found or not.
 */
export function fits(look: Look | undefined, { condition, members }: Expectation, account: Account): boolean {
  if (look === undefined || look.total === undefined) return false
  const { before, after } = account
  if (after === undefined) return true
  const others = new Map(after.items.map((item) => [String(item['id']), item]))
  const isComplete = look.items.length >= look.total
  let [least, most] = [0, Math.max(0, before.total - before.items.length, after.total - after.items.length)]
  for (const item of before.items) {
    const id = String(item['id'])
    const other = others.get(id)
    others.delete(id)
    const isSteady = other !== undefined && members.every((member) => isDeepStrictEqual(item[member], other[member]))
    const isFound = isSteady ? condition(item) : undefined
    if (isFound === false && look.ids.has(id)) return false
    if (isFound === true && isComplete && !look.ids.has(id)) return false
    if (isFound === true) least += 1
    if (isFound !== false) most += 1
  }
  return least <= look.total && look.total <= most + others.size
}
