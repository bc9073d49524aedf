/** A Markdown table whose columns also line up in a terminal. Numbers, and what begins with one, stand right. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const isRight = header.map((_, column) => column > 0 && rows.every((row) => /^[\d–<≤-]|^$/.test(row[column] ?? '')))
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] as number
      return isRight[column] ? cell.padStart(width) : cell.padEnd(width)
    })
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, column) => (isRight[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  return [line(header), line(rule), ...rows.map((row) => line(row))].join('\n')
}
