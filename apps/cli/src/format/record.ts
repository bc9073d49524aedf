import { formatBytes, formatCount } from '@hood-exports/command-line'
import type { Output } from '@hood-exports/command-line'
import { pad, paint, wrap } from '@hood-exports/command-line/terminal'
import { cellOf } from './cell.ts'
import type { Item } from './cell.ts'

/** One item, a field in a line; long values go on under their beginning. */
export function formatRecord(
  item: Item,
  fields: readonly string[],
  output: Pick<Output, 'columns' | 'colour'>,
): string {
  const labelWidth = Math.max(...fields.map((field) => field.length))
  const room = Math.max(output.columns - labelWidth - 2, 20)
  return fields
    .map((field) => {
      const [first = '', ...more] = wrap(valueOf(item, field), room)
      const label = paint(output, 'bold', pad(field, labelWidth))
      return [`${label}  ${first}`, ...more.map((line) => `${' '.repeat(labelWidth)}  ${line}`)].join('\n')
    })
    .map((line) => `${line.trimEnd()}\n`)
    .join('')
}

/** There is room: sizes in both ways. */
function valueOf(item: Item, field: string): string {
  const value = item[field]
  if (field === 'size' && typeof value === 'number' && value >= 1_000) {
    return `${formatBytes(value)} (${formatCount(value)} bytes)`
  }
  return cellOf(item, field, 'readable')
}
