import { SELECTABLE_FIELDS } from '@hood-exports/client'
import type { Output } from '@hood-exports/command-line'
import { neutralise, neutraliseJson } from '@hood-exports/command-line/terminal'
import type { Item } from './cell.ts'
import { createCsv } from './csv.ts'
import type { CsvFormulas } from './csv.ts'
import { createTable } from './table.ts'
import type { ItemWriter } from './writer.ts'

export type Format = 'table' | 'json' | 'ndjson' | 'csv'

export interface ItemWriterOptions {
  readonly format: Format
  /** The fields to show, in order; `undefined`: all, and for a table those that say most. */
  readonly fields?: readonly string[] | undefined
  readonly csvFormulas: CsvFormulas
  readonly csvBom?: true | undefined
  readonly output: Pick<Output, 'isTTY' | 'columns' | 'colour'>
}

/** What a table shows by default. */
export const TABLE_FIELDS = ['id', 'status', 'size', 'create_time', 'name'] as const

const OPTIONAL_FIELDS: readonly string[] = ['size', 'create_time', 'status']

export function createItemWriter({ format, fields, csvFormulas, csvBom, output }: ItemWriterOptions): ItemWriter {
  switch (format) {
    case 'table':
      return createTable({ fields: fields ?? TABLE_FIELDS, optional: fields ? [] : OPTIONAL_FIELDS, output })
    case 'json':
      return createJson((item) => pick(item, fields))
    case 'ndjson':
      return {
        page: (items) => items.map((item) => `${toJson(pick(item, fields))}\n`).join(''),
        end: () => '',
      }
    case 'csv':
      return createCsv({
        fields: fields ?? SELECTABLE_FIELDS,
        formulas: csvFormulas,
        mark: csvBom ? '\uFEFF' : '',
        // A file gets what arrived; a terminal must not obey it.
        clean: output.isTTY ? neutralise : (text) => text,
      })
    default:
      return format satisfies never
  }
}

/** One array, an item in a line. */
function createJson(shown: (item: Item) => Item): ItemWriter {
  let isBegun = false
  return {
    page(items) {
      if (items.length === 0) return ''
      const before = isBegun ? ',\n' : '[\n'
      isBegun = true
      return before + items.map((item) => `  ${toJson(shown(item))}`).join(',\n')
    },
    end: () => (isBegun ? '\n]\n' : '[]\n'),
  }
}

function toJson(item: Item): string {
  return neutraliseJson(JSON.stringify(item))
}

/** What was asked for only to check conditions is not shown. */
function pick(item: Item, fields: readonly string[] | undefined): Item {
  return fields
    ? Object.fromEntries(fields.filter((field) => field in item).map((field) => [field, item[field]]))
    : item
}
