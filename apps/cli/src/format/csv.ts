import { stringify } from 'csv-stringify/sync'
import type { Item } from './cell.ts'
import type { ItemWriter } from './writer.ts'

/** Whether a text that a spreadsheet would run as a formula gets a `'` in front. */
export type CsvFormulas = 'escape' | 'keep'

export interface CsvOptions {
  readonly fields: readonly string[]
  readonly formulas: CsvFormulas
  /** In front of the header. */
  readonly mark: string
  readonly clean: (text: string) => string
}

/** What a spreadsheet takes for a formula, also behind a tab or a line break, and in full width. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** CSV by RFC 4180: a header, CRLF, quotes where they are needed. Null and missing are empty. */
export function createCsv({ fields, formulas, mark, clean }: CsvOptions): ItemWriter {
  const lines = (rows: readonly (readonly string[])[]): string => stringify([...rows], { record_delimiter: 'windows' })
  const shown = (text: string): string => (formulas === 'escape' && FORMULA.test(text) ? `'${text}` : text)
  let isBegun = false
  const begin = (): string => {
    if (isBegun) return ''
    isBegun = true
    return mark + lines([fields])
  }
  return {
    page: (items) => begin() + lines(items.map((item) => fields.map((field) => shown(clean(textOf(item[field])))))),
    end: begin,
  }
}

function textOf(value: Item[string]): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
