import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { neutralise } from './neutralise.ts'
import type { Output } from './output.ts'

/** Columns that a text takes on a terminal: two for a wide character or an emoji, none for a combining mark. */
export function widthOf(text: string): number {
  // Printable ASCII is what most cells are.
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

/** The beginning of a text in a number of columns at most, cut between characters as people see them, with `…` if cut. */
export function truncate(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  return columns < 1 ? '' : cliTruncate(text, columns)
}

/** A text filled up with spaces to a number of columns; longer texts stay as they are. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return align === 'right' ? spaces + text : text + spaces
}

/** A text in lines of a number of columns at most, broken at spaces where there are some. */
export function wrap(text: string, columns: number): string[] {
  return wrapAnsi(text, columns, { hard: true }).split('\n')
}

/**
 * A message in lines that fit the terminal, broken between words. Paths, addresses and commands keep whole, for they
 * are copied: what is longer than a line sticks out. Harmless on a terminal.
 *
 * @param label what stands in front of the first line.
 */
export function fitMessage(text: string, { columns }: Pick<Output, 'columns'>, label = ''): string {
  const before = label === '' ? '' : `${label} `
  if (columns === Infinity) return neutralise(text)
  return wrapAnsi(before + neutralise(text), columns).slice(before.length)
}
