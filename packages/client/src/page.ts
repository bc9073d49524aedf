import { NUMERIC_MEMBERS } from '@hood-exports/openapi'
import { invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { firstIssue } from './standard-schema.ts'
import type { StandardSchema } from './standard-schema.ts'

/** A page of items. */
export interface Page<Item> {
  /** How many items match in all, not in this page. */
  readonly total: number
  /** The items of this page, in the order of `sort`; each with the members that `fields` or `view` asked for. */
  readonly items: readonly Item[]
}

/**
 * The page that an answer holds. Only what nothing works without is checked: an object with a whole `total` from 0 and
 * an array of objects as `items`. Strings of digits become numbers where a number is documented; unknown members and
 * values pass untouched.
 * @throws ExportsError `invalid-response`.
 */
export function pageOf<Item>(answer: Answer): Page<Item> {
  const page = answer.json as { total?: unknown; items?: unknown } | null
  if (typeof page !== 'object' || page === null || Array.isArray(page)) throw invalidResponse(answer, 'an object')
  const total = numberOf(page.total)
  if (!Number.isSafeInteger(total) || (total as number) < 0) {
    throw invalidResponse(answer, 'a whole number from 0 as total')
  }
  if (!Array.isArray(page.items)) throw invalidResponse(answer, 'an array as items')
  for (const item of page.items as unknown[]) {
    if (typeof item !== 'object' || item === null) throw invalidResponse(answer, 'objects as items')
    for (const member of NUMERIC_MEMBERS) {
      const value = (item as Record<string, unknown>)[member]
      if (typeof value === 'string') (item as Record<string, unknown>)[member] = numberOf(value)
    }
  }
  page.total = total
  return page as Page<Item>
}

/** A string of digits as a number, if the number is exact; anything else as it is. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[0-9]+$/.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/**
 * Asks a schema about each item.
 * @throws ExportsError `invalid-response`, with the schema's first complaint.
 */
export async function checkItems(answer: Answer, items: readonly unknown[], schema: StandardSchema): Promise<void> {
  for (const [index, item] of items.entries()) {
    const issue = await firstIssue(schema, item)
    if (issue) {
      throw invalidResponse(
        answer,
        `what itemSchema asks for (items[${index}] ${issue})`,
        ' (does fields leave it out?)',
      )
    }
  }
}
