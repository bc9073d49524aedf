import type { ExportField } from '@hood-exports/client'
import { parseCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import type { Given } from './given.ts'

/** Conditions on an export, all of which must hold. */
export interface Where {
  readonly conditions: readonly Condition[]
  /** Members that the conditions look at: an item must have been asked for them. */
  readonly fields: readonly ExportField[]
  matches(item: Members): boolean
}

type Members = Readonly<Partial<Record<ExportField, unknown>>>

/**
 * Parses conditions such as `status=ready,failed`, `size>10MB`, `name~vip` or `create_time>=7d`; all must hold.
 * Texts are compared letter by letter, in whichever form their accents have, `~` and `!~` without case; sizes take units; a time may leave out its end, or count back
 * from now. A member that is null or missing equals the empty text alone, and is neither smaller nor greater than
 * anything.
 *
 * @throws UsageError that names the flag, the condition and the way out.
 */
export function parseWhere(conditions: readonly string[], options: Omit<Given, 'text'>): Where {
  return whereOf(conditions.map((text) => parseCondition({ text, ...options })))
}

/** These conditions, together. */
export function whereOf(conditions: readonly Condition[]): Where {
  return {
    conditions,
    fields: [...new Set(conditions.map(({ field }) => field))],
    matches: (item) => conditions.every(({ field, holds }) => holds(item[field])),
  }
}
