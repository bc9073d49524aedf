import type { ExportField } from '@hood-exports/client'
import type { Condition } from '../where/condition.ts'
import { whereOf } from '../where/where.ts'
import type { Where } from '../where/where.ts'

/**
 * Members that an export keeps from its first moment to its last. That names and descriptions can be changed is not
 * documented, and neither that they cannot: they are not among them.
 */
const LASTING: readonly ExportField[] = ['id', 'company_id', 'creator_id', 'resource', 'create_time']

/**
 * The conditions that will never hold for an export for which they do not hold now, or only as time passes. Only they
 * may be asked of the API by a sync: an export that it did not list because of its status would be lost when it is ready.
 */
export function lastingOf(conditions: readonly Condition[]): Where {
  return whereOf(conditions.filter(({ field }) => LASTING.includes(field)))
}
