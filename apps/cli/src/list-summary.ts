import { counted, formatCount } from '@hood-exports/command-line'

/** How many exports a listing has met. */
export interface Tally {
  /** As the API counts. */
  total: number
  looked: number
  /** How many of those looked at meet the conditions that the API was asked to filter by. */
  fitting: number
  /** How many of those looked at meet all conditions. */
  met: number
  shown: number
}

export interface Asked {
  /** The conditions that were given. */
  readonly where: readonly string[]
  /** Those of them that the API was asked to filter by. */
  readonly filtered: readonly string[]
  readonly search: string | undefined
  readonly page: number | undefined
  readonly isAll: boolean
}

/** What came of a listing, in one sentence that is true whether the API filters or not. */
export function listSummary(tally: Tally, { where, filtered, search, page, isAll }: Asked): string {
  const { total, looked, fitting, met, shown } = tally
  // What came and does not fit proves that the total counts other exports as well.
  const counts = filtered.length > 0 && fitting === looked ? ` with ${filtered.join(' and ')}` : ''
  if (total === 0) {
    if (search !== undefined) return `No export${counts} contains "${search}".`
    return counts === '' ? 'There are no exports.' : `No export${counts}.`
  }
  if (page !== undefined && looked === 0) {
    return `Page ${formatCount(page)} is past the end: ${counted(total, 'export')}${counts} in all.`
  }
  const isWhole = looked >= total
  const more = (verb: string): string => (page !== undefined || isAll ? '' : ` --all ${verb} every one.`)
  if (where.length === 0) {
    return shown >= total
      ? `${counted(total, 'export')}.`
      : `${formatCount(shown)} of ${counted(total, 'export')}.${more('lists')}`
  }
  const conditions = where.join(' and ')
  const found = isWhole && shown < met ? `${formatCount(shown)} of ${formatCount(met)}` : formatCount(shown)
  const rest = shown < met ? more('lists') : ''
  if (met === looked) {
    if (isWhole) return `${found} with ${conditions}.${rest}`
    // Whether the API filters or counts all exports, only the last one of them would show.
    return `${found} with ${conditions}; the API counts ${formatCount(total)}.${more('lists')}`
  }
  if (isWhole) return `${found} with ${conditions} among all ${counted(total, 'export')}${counts}.${rest}`
  const part = `${formatCount(looked)} of ${counted(total, 'export')}${counts}`
  return `${found} with ${conditions} among ${part} looked at.${more('looks at')}`
}
