import { invalidOption } from '../../failures.ts'
import { isComparison, textOf } from '../../filter.ts'
import type { Filter, MemberFilter } from '../../filter.ts'
import type { ExportItem } from '../../export-item.ts'
import { formatTimestamp, parseTimestamp } from '../../timestamp.ts'

/**
 * Members that an export keeps from its first moment to its last. That names and descriptions can be changed is not
 * documented, and neither that they cannot: they are not among them.
 */
export const LASTING_MEMBERS = ['id', 'company_id', 'creator_id', 'resource', 'create_time'] as const

/** What a mirror may ask of the API: an export that it did not list because of its status would be lost when it is ready. */
export type MirrorFilter = Pick<Filter, (typeof LASTING_MEMBERS)[number]>

export interface ChoiceOptions {
  readonly filter?: MirrorFilter | undefined
  readonly where?: ((item: ExportItem) => boolean) | undefined
  readonly since?: Date | string | undefined
  readonly selection?: string | undefined
}

/** Which exports a run is for. */
export interface Choice {
  readonly filter: MirrorFilter
  /** `YYYY-MM-DD HH:MM:SS`: older exports are not asked for. */
  readonly since: string | undefined
  /** Names the choice: another one makes the list be read anew. */
  readonly key: string
  /** Whether an export can be asked for, whatever becomes of it. */
  readonly isPossible: (item: ExportItem) => boolean
  /** Whether one that is ready is asked for. */
  readonly isSelected: (item: ExportItem) => boolean
  /** The newest creation time that the filter lets through, where it has one. */
  readonly latest: string | undefined
}

/** @throws ExportsError `invalid-options` */
export function chooseExports({ filter = {}, where, since, selection }: ChoiceOptions): Choice {
  for (const member of Object.keys(filter)) {
    if ((LASTING_MEMBERS as readonly string[]).includes(member)) continue
    const rule = 'may change while the export is there, and what is not listed because of it would be lost: use where'
    throw invalidOption('filter', member, rule, LASTING_MEMBERS)
  }
  const from = since === undefined ? undefined : stampOf(since)
  const isPossible = (item: ExportItem): boolean =>
    meetsFilter(item, filter) && (from === undefined || item.create_time >= from)
  return {
    filter,
    since: from,
    key: selection ?? JSON.stringify({ filter, since: from ?? null, where: String(where ?? '') }),
    isPossible,
    isSelected: (item) => isPossible(item) && (where === undefined || where(item)),
    latest: latestOf(filter.create_time),
  }
}

function stampOf(time: Date | string): string {
  if (typeof time !== 'string') return formatTimestamp(time)
  try {
    return formatTimestamp(parseTimestamp(time.length === 10 ? `${time} 00:00:00` : time))
  } catch {
    throw invalidOption('since', time, 'is not a time: give a Date, YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, in GMT')
  }
}

/** Whether an export is what a filter asks for, as far as documented; an API may ignore a filter. */
export function meetsFilter(item: ExportItem, filter: MirrorFilter): boolean {
  return LASTING_MEMBERS.every((member) => {
    const wanted = filter[member]
    return wanted === undefined || meets(item[member], wanted)
  })
}

function meets(value: string | null, wanted: MemberFilter): boolean {
  if (!isComparison(wanted)) return isEqual(value, wanted)
  if ('not' in wanted) return !isEqual(value, wanted['not'])
  return Object.entries(wanted).every(([bound, limit]) => {
    if (limit === undefined) return true
    if (value === null) return false
    const text = textOf(limit, bound)
    // What a day means as a bound is not documented: all of it passes.
    const shown = value.slice(0, text.length)
    const isWithin = bound.startsWith('g') ? shown > text : shown < text
    return isWithin || (shown === text && (bound.endsWith('e') || shown !== value))
  })
}

function isEqual(value: string | null, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((each) => isEqual(value, each))
  if (wanted === null || value === null) return wanted === value
  const text = textOf(wanted)
  // A day is equal to each of its times, as far as is known.
  return value === text || value.startsWith(`${text} `)
}

function latestOf(createTime: MirrorFilter['create_time']): string | undefined {
  if (createTime === undefined || createTime === null || Array.isArray(createTime)) return undefined
  if (!isComparison(createTime)) return textOf(createTime)
  const { lt, lte } = createTime as Readonly<Record<string, Date | string | undefined>>
  return lt === undefined ? lte && textOf(lte, 'lte') : textOf(lt, 'lt')
}

/** The filter, for exports that are not older than `from`; a superset where both cannot be asked for. */
export function filterSince(filter: MirrorFilter, from: string | undefined): MirrorFilter | undefined {
  const asked = from === undefined ? filter : { ...filter, create_time: timesSince(filter.create_time, from) }
  return Object.values(asked).some((value) => value !== undefined) ? asked : undefined
}

function timesSince(given: MirrorFilter['create_time'], from: string): MirrorFilter['create_time'] {
  if (given === undefined) return { gte: from }
  if (!isComparison(given) || 'not' in given) return given
  const { gt, gte, lt, lte } = given as Readonly<Record<string, Date | string | undefined>>
  const lower = gt ?? gte
  if (lower !== undefined && textOf(lower, gt === undefined ? 'gte' : 'gt') >= from) return given
  const upper = lt ?? lte
  // A range whose end comes before its start is none.
  if (upper === undefined || textOf(upper) < from) return { gte: from }
  return lt === undefined ? { gte: from, lte: upper } : { gte: from, lt: upper }
}
