import { invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { firstIssue } from './standard-schema.ts'
import type { StandardSchema } from './standard-schema.ts'

/** A page of items. */
export interface Page<Item> {
  /** How many items match in all, not in this page. */
  readonly total: number
  readonly items: readonly Item[]
}

/**
 * The page that an answer holds. Only what nothing works without is checked: an object with a whole `total` from 0 and
 * an array of objects as `items`. Unknown members and values pass untouched.
 * @throws ExportsError `invalid-response`.
 */
export async function pageOf<Item>(answer: Answer, itemSchema: StandardSchema | undefined): Promise<Page<Item>> {
  const page = answer.json as { total?: unknown; items?: unknown } | null
  if (typeof page !== 'object' || page === null || Array.isArray(page)) throw refuse('an object')
  if (!Number.isSafeInteger(page.total) || (page.total as number) < 0) throw refuse('a whole number from 0 as total')
  if (!Array.isArray(page.items)) throw refuse('an array as items')
  const items = page.items as unknown[]
  if (items.some((item) => typeof item !== 'object' || item === null)) throw refuse('objects as items')
  if (itemSchema) {
    for (const [index, item] of items.entries()) {
      const issue = await firstIssue(itemSchema, item)
      if (issue) throw refuse(`what itemSchema asks for (items[${index}] ${issue})`)
    }
  }
  return page as Page<Item>

  function refuse(expected: string): Error {
    return invalidResponse(answer, expected)
  }
}
