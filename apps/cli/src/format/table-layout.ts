import { isNumber, isTime } from './cell.ts'

/** A column of a table, with the width of its widest cell or its name. */
export interface Column {
  readonly field: string
  readonly width: number
  readonly align: 'left' | 'right'
  /** Cells are cut to the width; otherwise a wider one sticks out. */
  readonly isCut: boolean
}

export interface LayoutOptions {
  /** The fields, in order, with the columns that the widest cell takes. */
  readonly fields: readonly { readonly field: string; readonly natural: number }[]
  /** Columns of the terminal; `Infinity` cuts nothing. */
  readonly columns: number
  /** Fields that may be left out, the first one first. None: what does not fit makes the layout `undefined`. */
  readonly optional: readonly string[]
}

export const GAP = '  '

/** Columns of `2026-01-31 12:00` and of `2026-01-31`. */
const TO_THE_MINUTE = 16
const TO_THE_DAY = 10
/** Ids are copied: they are never cut. */
const WHOLE: readonly string[] = ['id', 'company_id', 'creator_id']
/** A vocabulary, but an open one. */
const WIDEST_STATUS = 12
/** A text narrower than this is of no use. */
const NARROWEST_TEXT = 16

/**
 * The columns of a table as wide as the terminal: first texts become narrower, then times lose their hours and a status its end, then
 * optional fields go. `undefined` when even that is too wide: show records instead.
 */
export function layOut({ fields, columns, optional }: LayoutOptions): Column[] | undefined {
  const wanted = fields.map(({ field, natural }) => ({
    field,
    width: Math.max(natural, field.length),
    align: isNumber(field) ? ('right' as const) : ('left' as const),
    isCut: columns !== Infinity && !WHOLE.includes(field) && !isNumber(field),
  }))
  if (columns === Infinity) return wanted
  const toTheMinute = wanted.map((column) => limited(column, TO_THE_MINUTE, Infinity))
  const toTheDay = wanted.map((column) => limited(column, TO_THE_DAY, WIDEST_STATUS))
  for (const candidate of [toTheMinute, toTheDay]) {
    const fitted = shrinkTexts(candidate, columns)
    if (fitted) return fitted
  }
  for (let dropped = 1; dropped <= optional.length; dropped += 1) {
    const gone = optional.slice(0, dropped)
    const fitted = shrinkTexts(
      toTheDay.filter(({ field }) => !gone.includes(field)),
      columns,
    )
    if (fitted) return fitted
  }
  return undefined
}

function limited(column: Column, timeWidth: number, statusWidth: number): Column {
  const { field, width } = column
  if (isTime(field)) return { ...column, width: Math.max(timeWidth, field.length) }
  return field === 'status' ? { ...column, width: Math.min(width, statusWidth) } : column
}

/** Takes columns from the widest texts until all fits. */
function shrinkTexts(wanted: readonly Column[], columns: number): Column[] | undefined {
  const available = columns - GAP.length * (wanted.length - 1)
  const isText = ({ isCut, field }: Column): boolean => isCut && !isTime(field) && field !== 'status'
  const fixed = wanted.filter((column) => !isText(column)).reduce((sum, { width }) => sum + width, 0)
  let room = available - fixed
  const texts = wanted.filter(isText).toSorted((a, b) => a.width - b.width)
  const widths = new Map<string, number>()
  // From the narrowest on, each gets what it needs, or its share of what is left.
  for (const [index, { field, width }] of texts.entries()) {
    const share = Math.floor(room / (texts.length - index))
    if (share < Math.min(width, NARROWEST_TEXT)) return undefined
    widths.set(field, Math.min(width, share))
    room -= Math.min(width, share)
  }
  if (room < 0) return undefined
  return wanted.map((column) => ({ ...column, width: widths.get(column.field) ?? column.width }))
}
