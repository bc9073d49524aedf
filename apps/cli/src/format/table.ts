import type { Output } from '@hood-exports/command-line'
import { pad, paint, truncate, widthOf } from '@hood-exports/command-line/terminal'
import { cellOf, isTime } from './cell.ts'
import type { Item } from './cell.ts'
import { formatRecord } from './record.ts'
import { GAP, layOut } from './table-layout.ts'
import type { Column } from './table-layout.ts'
import type { ItemWriter } from './writer.ts'

export interface TableOptions {
  readonly fields: readonly string[]
  /** Fields that may be left out on a narrow terminal, the first one first. */
  readonly optional: readonly string[]
  readonly output: Pick<Output, 'isTTY' | 'columns' | 'colour'>
}

/** No terminal is wider, and a long text takes long to measure. */
const MEASURED = 1_000

/**
 * A table as wide as the terminal. Its columns are laid out by the first page, so that rows appear as they arrive.
 * Without a terminal, nothing is cut, and sizes and times are exact.
 */
export function createTable({ fields, optional, output }: TableOptions): ItemWriter {
  const style = output.isTTY ? 'readable' : 'exact'
  let columns: readonly Column[] | undefined
  let isBegun = false

  function begin(items: readonly Item[]): string {
    const natural = fields.map((field) => ({
      field,
      natural: Math.max(...items.map((item) => widthOf(cellOf(item, field, style).slice(0, MEASURED)))),
    }))
    columns = layOut({ fields: natural, columns: output.columns, optional })
    if (!columns) return ''
    const header = columns.map(({ field, width, align }) => pad(field, width, align)).join(GAP)
    return `${paint(output, 'bold', header.trimEnd())}\n`
  }

  function row(item: Item, laidOut: readonly Column[]): string {
    const cells = laidOut.map(({ field, width, align, isCut }) => {
      const text = cellOf(item, field, style)
      const shown = !isCut ? text : isTime(field) ? text.slice(0, width >= 16 ? 16 : 10) : truncate(text, width)
      const padded = pad(shown, width, align)
      if (field !== 'status') return padded
      return text === 'ready' ? paint(output, 'green', shown) + padded.slice(shown.length) : padded
    })
    return `${cells.join(GAP).trimEnd()}\n`
  }

  return {
    page(items) {
      if (items.length === 0) return ''
      const isFirst = !isBegun
      const header = isFirst ? begin(items) : ''
      isBegun = true
      const laidOut = columns
      if (laidOut) return header + items.map((item) => row(item, laidOut)).join('')
      const records = items.map((item) => formatRecord(item, fields, output))
      return (isFirst ? '' : '\n') + records.join('\n')
    },
    end: () => '',
  }
}
