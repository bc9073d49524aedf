import type { Operator } from './filter.ts'
import type { Shape } from './telling-filters.ts'

/**
 * What stands beside the filters, which hold whatever it is. `shown` and `hidden` say whether `fields` has the filtered
 * members; `second` is a second page.
 */
export interface Rest {
  readonly view: 'shown' | 'hidden' | 'full' | 'default' | 'second'
  readonly sort?: string
}

/** A member and its operator, joined by a space; no operator is a value alone, and `+1` a value beside an item's. */
export type Row = readonly [view: Rest['view'], sort: string | undefined, ...filters: readonly string[]]

/**
 * Every kind of filter, and equality for nearly every member; the most telling ones first. Two that stand together
 * leave something out of each other. Where much is found it is sorted as well: one list checks both. Extra items show
 * where the bound is sorted to the front, or where no value is null.
 */
export const FILTER_ROWS: readonly Row[] = [
  ['shown', '-name', 'status'],
  ['full', '-size', 'size lt', 'create_time gte'],
  ['hidden', 'mime_type', 'status neq'],
  ['shown', undefined, 'create_time r', 'size rf'],
  ['full', 'status', 'resource nin'],
  ['hidden', 'extension', 'download_count isn'],
  ['second', '-update_time', 'status in'],
  ['shown', undefined, 'create_time'],
  ['hidden', 'attempt_count', 'attempt_count gt', 'update_time lte'],
  ['default', 'name', 'resource', 'creator_id eq'],
  ['shown', undefined, 'size eq'],
  ['full', '-create_time', 'create_time lt', 'size gte'],
  ['shown', undefined, 'update_time eq'],
  ['full', undefined, 'extension eq', 'attempt_count'],
  ['default', undefined, 'description eq'],
  ['shown', undefined, 'expire_time eq +1'],
  ['hidden', undefined, 'mime_type eq', 'download_count eq'],
  ['shown', undefined, 'download_url eq'],
  ['full', '-expire_time', 'expire_time is', 'size is'],
  ['shown', '-download_count', 'update_time gt', 'download_count lte'],
  ['shown', undefined, 'download_count rl', 'update_time rr'],
  ['hidden', undefined, 'update_time rf', 'attempt_count r'],
]

/** Each operator of a member by itself: one that is not taken may hide another. */
export const SINGLE_FILTER_ROWS: readonly Row[] = Object.entries({
  size: ['gt', 'eq +1', 'gte', 'lt', 'lte', 'r', 'rf', 'in', 'nin', 'neq', 'is', 'isn'],
  download_count: ['is', 'gt', 'rf'],
  create_time: ['gt', 'gte', 'lt', 'lte', 'r', 'rf', 'in', 'nin', 'neq'],
  attempt_count: ['gte', 'lt', 'rl', 'rr', 'neq'],
  description: ['is', 'isn', 'neq'],
  resource: ['neq'],
  extension: ['in', 'nin', 'is', 'isn'],
  creator_id: ['neq', 'nin', 'is', 'isn'],
  expire_time: ['eq', 'lte', 'gt', 'isn'],
}).flatMap(([member, operators]) => operators.map((operator): Row => ['shown', undefined, `${member} ${operator}`]))

/** The filters of a row, without their values. */
export function shapesOf([, , ...filters]: Row): Shape[] {
  return filters.map((filter) => {
    const [member = '', operator = 'alone', beside] = filter.split(' ')
    return { member, operator: operator as Operator, ...(beside !== undefined && { value: 'beside' }) }
  })
}
