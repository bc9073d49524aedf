import { FILTER_KINDS } from '@hood-exports/client'
import { formatBytes } from '@hood-exports/command-line'
import { neutralise } from '@hood-exports/command-line/terminal'

/** An item as it arrived. */
export type Item = Readonly<Record<string, unknown>>

/** How the values of a field are shown. */
export type CellStyle = 'readable' | 'exact'

const KINDS: Readonly<Record<string, string>> = FILTER_KINDS

export function isTime(field: string): boolean {
  return KINDS[field] === 'time'
}

/** Numbers stand at the right of their column. */
export function isNumber(field: string): boolean {
  return KINDS[field] === 'number'
}

/**
 * One value in one line, harmless on a terminal; `-` when there is none.
 * `readable` gives sizes in units; `exact` gives what arrived.
 */
export function cellOf(item: Item, field: string, style: CellStyle): string {
  const value = item[field]
  if (value === null || value === undefined || value === '') return '-'
  if (typeof value === 'number' && field === 'size' && style === 'readable') return formatBytes(value)
  return neutralise(typeof value === 'string' ? value : JSON.stringify(value))
}
