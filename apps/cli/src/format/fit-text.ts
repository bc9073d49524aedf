import stringWidth from 'string-width'

const segmenter = new Intl.Segmenter()

/** Columns that a text takes on a terminal: two for a wide character or an emoji, none for a combining mark. */
export function widthOf(text: string): number {
  // Printable ASCII is what most cells are.
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

/** The beginning of a text in at most so many columns, cut between characters as people see them, with `…` if cut. */
export function truncate(text: string, columns: number): string {
  if (text.length <= columns && widthOf(text) <= columns) return text
  // A long text is not measured to its end.
  let kept = ''
  let width = 0
  let lastCut = ''
  for (const { segment } of segmenter.segment(text)) {
    const next = width + widthOf(segment)
    if (next > columns - 1 && lastCut === '') lastCut = `${kept}…`
    if (next > columns) return columns < 1 ? '' : lastCut
    kept += segment
    width = next
  }
  return kept
}

/** A text filled up with spaces to so many columns; longer texts stay as they are. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const missing = columns - widthOf(text)
  if (missing <= 0) return text
  const spaces = ' '.repeat(missing)
  return align === 'right' ? spaces + text : text + spaces
}

/** A text in lines of at most so many columns, broken at spaces where there are some. */
export function wrap(text: string, columns: number): string[] {
  if (widthOf(text) <= columns) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (widthOf(joined) <= columns) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    let width = 0
    for (const { segment } of segmenter.segment(word)) {
      const next = width + widthOf(segment)
      if (next > columns && line !== '') {
        lines.push(line)
        line = ''
        width = 0
      }
      line += segment
      width += widthOf(segment)
    }
  }
  if (line !== '') lines.push(line)
  return lines
}
