import { isatty } from 'node:tty'
import type { WriteStream } from 'node:tty'
import { wantsColour } from './colour.ts'

/** Where text or bytes go. */
export interface Output {
  /** Resolves when there is room for more; rejects when the reader is gone (`EPIPE`). */
  write(data: string | Uint8Array): Promise<void>
  /** Whether it is a terminal. */
  readonly isTTY: boolean
  /** Columns of a terminal now; `Infinity` when it is none. */
  readonly columns: number
  /** Whether colours are wanted. */
  readonly colour: boolean
}

/** Standard output or standard error of this process. */
export function outputOf(stream: WriteStream, fd: 1 | 2): Output {
  // `write` reports errors; without a listener they would end the process with a stack trace.
  stream.on('error', () => undefined)
  const isTTY = isatty(fd)
  return {
    write: (data) =>
      new Promise((resolve, reject) => {
        stream.write(data, (error) => (error ? reject(error) : resolve()))
      }),
    isTTY,
    get columns() {
      return isTTY ? stream.columns || 80 : Infinity
    },
    colour: wantsColour(process.env, isTTY),
  }
}

/**
 * For a program that goes on when the reader of its output, such as `| head`, is gone.
 *
 * @param onOther called with every other failure, such as a full disk; by default these are ignored, too
 */
export function ignoreClosedPipes(onOther?: (error: Error) => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') onOther?.(error)
    })
  }
}
