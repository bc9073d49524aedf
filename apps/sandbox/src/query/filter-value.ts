import { BadRequest } from '@hood-exports/provider'
import { FILTER_KINDS } from '@hood-exports/openapi'
import type { Choices, Member } from '../choices.ts'
import { formatTimestamp } from '../data/timestamp.ts'

/** A number for members that are numbers; else a text, times in the API's form, or the day alone of a whole day. */
export type FilterValue = string | number

interface Kind {
  /** Undefined for a text that is no value of this kind. */
  readonly read: (text: string, choices: Choices) => FilterValue | undefined
  readonly rule: string
}

const KINDS: Readonly<Record<(typeof FILTER_KINDS)[Member], Kind>> = {
  text: { read: (text) => text, rule: 'a text' },
  id: { read: (text) => (isDigits(text) ? text : undefined), rule: 'an id, which is a string of digits' },
  number: { read: readNumber, rule: 'a whole number' },
  time: { read: readTime, rule: 'a day such as "2026-01-31", or a time such as "2026-01-31 12:00:00"' },
}

/** @throws BadRequest for a text that is no value of the member's kind. */
export function parseFilterValue(member: Member, text: string, choices: Choices): FilterValue {
  const { read, rule } = KINDS[FILTER_KINDS[member]]
  const value = read(text, choices)
  if (value === undefined) throw new BadRequest(`"${member}" does not take the value "${text}": it takes ${rule}`)
  return value
}

function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text)
}

/** What is too large for a double is still larger than every number of an export. */
function readNumber(text: string): number | undefined {
  const isNegative = text.startsWith('-')
  const digits = isNegative ? text.slice(1) : text
  if (!isDigits(digits)) return undefined
  const size = Math.min(Number(digits), Number.MAX_VALUE)
  return isNegative ? -size : size
}

/** Days that no calendar has, such as 2026-02-31, are none. */
function readTime(text: string, choices: Choices): string | undefined {
  const isDay = text.length === '2026-01-31'.length
  if (isDay && choices['filter.day'] === 'refused') return undefined
  const time = isDay ? `${text} 00:00:00` : text
  const seconds = Date.parse(`${time.replace(' ', 'T')}Z`) / 1000
  // `Date` takes other forms too, and makes the third of March of the 31st of February.
  if (Number.isNaN(seconds) || formatTimestamp(seconds) !== time) return undefined
  return isDay && choices['filter.day'] === 'whole-day' ? text : time
}
