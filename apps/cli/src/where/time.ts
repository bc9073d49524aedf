import { formatTimestamp } from '@hood-exports/client'

/** A time as it was written: a second, or the whole minute, hour, day, month or year that it names. GMT. */
export interface Period {
  /** `ago`: so long before now, a single second. */
  readonly kind: 'written' | 'ago'
  /** As exact as it was written; the beginning of every time in it. */
  readonly text: string
  /** `YYYY-MM-DD HH:MM:SS` */
  readonly first: string
  /** `YYYY-MM-DD HH:MM:SS` */
  readonly last: string
}

/** How times are written, for messages. */
export const TIME_FORMS = 'write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in GMT, or 7d for seven days ago (s, m, h, d, w)'

const WRITTEN = /^\d{4}(?:-\d{2}(?:-\d{2}(?: \d{2}(?::\d{2}(?::\d{2})?)?)?)?)?$/
const AGO = /^(\d{1,9})([smhdw])$/
const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

const FIRST = '0000-01-01 00:00:00'
const LAST = '0000-12-31 23:59:59'

/**
 * Reads `2026`, `2026-01-31`, `2026-01-31 12:00:00`, `2026-01-31T12:00:00Z` and the like, or `7d`: seven days before
 * `nowMs` (milliseconds since the epoch). The API's times have whole seconds, so parts of one are cut off.
 * @returns undefined for anything else, and for a day that does not exist.
 */
export function parsePeriod(text: string, nowMs: number): Period | undefined {
  const [, amount, unit = ''] = AGO.exec(text) ?? []
  if (amount !== undefined) return momentAgo(Number(amount) * (UNITS_MS[unit] ?? Number.NaN), nowMs)
  const written = text
    .replace('T', ' ')
    .replace(/(?:Z|\+00:00)$/, '')
    .replace(/(:\d{2}:\d{2})\.\d+$/, '$1')
  if (!WRITTEN.test(written)) return undefined
  const first = written + FIRST.slice(written.length)
  if (!isTime(first)) return undefined
  return { kind: 'written', text: written, first, last: endOf(written) }
}

function momentAgo(agoMs: number, nowMs: number): Period | undefined {
  const date = new Date(nowMs - agoMs)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 0) return undefined
  const text = formatTimestamp(date)
  return { kind: 'ago', text, first: text, last: text }
}

function isTime(text: string): boolean {
  const date = new Date(`${text.replace(' ', 'T')}Z`)
  return !Number.isNaN(date.getTime()) && formatTimestamp(date) === text
}

function endOf(written: string): string {
  if (written.length !== '2026-01'.length) return written + LAST.slice(written.length)
  const [year, month] = written.split('-').map(Number)
  // Day 0 of a month is the last of the one before.
  const days = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()
  return `${written}-${days} 23:59:59`
}
