import { formatBytes } from '@hood-exports/command-line'
import { neutralise } from '@hood-exports/command-line/terminal'

/** An item as it arrived. */
export type Item = Readonly<Record<string, unknown>>

/** How the values of a field are shown. */
export type CellStyle = 'readable' | 'exact'

const TIMES: readonly string[] = ['expire_time', 'create_time', 'update_time']
const COUNTS: readonly string[] = ['size', 'attempt_count', 'download_count']

export function isTime(field: string): boolean {
  return TIMES.includes(field)
}

/** Numbers stand at the right of their column. */
export function isNumber(field: string): boolean {
  return COUNTS.includes(field)
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
