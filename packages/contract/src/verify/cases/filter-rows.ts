import type { Operator } from '../filter.ts'
import type { Shape } from '../telling-filters.ts'

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
 * Every kind of filter, and equality for nearly every member; the most telling ones first. Of those that stand
 * together each leaves something out that the other finds. Where much is found it is sorted as well: one list tells of
 * both.
 */
export const FILTER_ROWS: readonly Row[] = [
  ['shown', '-name', 'status'],
  ['full', '-size', 'size gt', 'create_time lte'],
  ['hidden', 'mime_type', 'status neq'],
  ['shown', undefined, 'create_time rf', 'size r'],
  ['full', 'status', 'resource nin'],
  ['hidden', 'extension', 'size isn'],
  ['second', '-update_time', 'status in'],
  ['shown', undefined, 'create_time'],
  ['default', 'name', 'resource', 'creator_id eq'],
  ['shown', undefined, 'size eq'],
  ['hidden', '-expire_time', 'expire_time gt', 'size lte'],
  ['shown', undefined, 'update_time eq'],
  ['full', '-create_time', 'extension eq', 'attempt_count'],
  ['default', undefined, 'description eq'],
  ['shown', undefined, 'expire_time eq +1'],
  ['hidden', undefined, 'mime_type eq', 'download_count eq'],
  ['shown', undefined, 'download_url eq'],
  ['full', 'attempt_count', 'expire_time is'],
  ['full', '-download_count', 'attempt_count lt', 'create_time gte'],
  ['shown', undefined, 'size rl', 'update_time rr'],
  ['hidden', undefined, 'size rf', 'expire_time r'],
  ['shown', undefined, 'size in', 'resource neq'],
  ['default', undefined, 'description isn'],
  ['shown', undefined, 'create_time lt', 'download_count gte'],
]

/** Each operator of a member by itself: one that is not taken may hide another. */
export const SINGLE_FILTER_ROWS: readonly Row[] = Object.entries({
  size: ['gt', 'gte', 'lt', 'lte', 'r', 'rf', 'in', 'nin', 'neq'],
  create_time: ['gt', 'gte', 'lt', 'lte', 'r', 'rf', 'in', 'nin', 'neq'],
  attempt_count: ['gte', 'lt', 'rl', 'rr', 'neq'],
  description: ['is', 'neq'],
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
