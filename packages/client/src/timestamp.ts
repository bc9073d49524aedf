import { TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import { invalidQuery } from './failures.ts'

/**
 * The moment that one of the API's times means: `YYYY-MM-DD HH:MM:SS`, GMT, without a zone suffix.
 * `new Date(text)` would read it in the local zone.
 * @throws ExportsError `invalid-query` when `text` is not such a time, or no such day exists.
 */
export function parseTimestamp(text: string): Date {
  const date = new Date(`${text.replace(' ', 'T')}Z`)
  if (!new RegExp(TIMESTAMP_PATTERN).test(text) || Number.isNaN(date.getTime()) || formatTimestamp(date) !== text) {
    throw invalidQuery('time', text, 'is not a time: write YYYY-MM-DD HH:MM:SS, in GMT')
  }
  return date
}

/** A moment in the API's format, in GMT, to the second. */
export function formatTimestamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ')
}
