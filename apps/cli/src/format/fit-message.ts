import { neutralise } from '../terminal/neutralise.ts'
import type { Output } from '../terminal/terminal.ts'
import { widthOf } from './fit-text.ts'

/**
 * A message in lines that fit the terminal, broken between words. Paths, addresses and commands keep whole, for they
 * are copied: what is longer than a line sticks out. Harmless on a terminal.
 *
 * @param label what stands in front of the first line.
 */
export function fitMessage(text: string, { columns }: Pick<Output, 'columns'>, label = ''): string {
  const clean = neutralise(text)
  if (widthOf(label) + 1 + widthOf(clean) <= columns) return clean
  const lines = ['']
  let width = label === '' ? 0 : widthOf(label) + 1
  for (const word of clean.split(' ')) {
    const line = lines.at(-1) ?? ''
    const gap = line === '' ? 0 : 1
    if (width + gap + widthOf(word) > columns && line !== '') {
      lines.push(word)
      width = widthOf(word)
    } else {
      lines[lines.length - 1] = line + (gap ? ' ' : '') + word
      width += gap + widthOf(word)
    }
  }
  return lines.join('\n')
}
