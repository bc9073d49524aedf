import type { WriteStream } from 'node:tty'

/** A line at the bottom of a terminal that is written over and over. */
export interface StatusLine {
  show(text: string): void
  clear(): void
}

const ERASE = '\r\u001B[2K'

/** Undefined where the output is no terminal, or one that cannot erase. */
export function createStatusLine(
  stream: Pick<WriteStream, 'isTTY' | 'columns' | 'write'>,
  term: string | undefined,
): StatusLine | undefined {
  if (!stream.isTTY || term === 'dumb') return undefined
  return {
    // A column is left free: in the last one some terminals break the line.
    show: (text) => void stream.write(`${ERASE}${text.slice(0, Math.max(0, stream.columns - 1))}`),
    clear: () => void stream.write(ERASE),
  }
}
