import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import type { WriteStream } from 'node:tty'
import { wantsColour } from './colour.ts'
import type { Input, Output, Terminal } from './terminal.ts'

/** The terminal of this process. */
export function nodeTerminal(signal: AbortSignal): Terminal {
  const { env } = process
  return {
    stdin: standardInput(signal),
    stdout: outputOf(process.stdout, 1),
    stderr: outputOf(process.stderr, 2),
    env,
    signal,
  }
}

function outputOf(stream: WriteStream, fd: 1 | 2): Output {
  // Told to whoever writes; without a listener it would end the process with a stack trace.
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

/** Opened when it is read: opening it takes time, and holds the process. */
function standardInput(signal: AbortSignal): Input {
  return {
    isTTY: isatty(0),
    [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
    readSecret: (prompt) =>
      new Promise((resolve, reject) => {
        process.stderr.write(prompt)
        const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
        const lines = createInterface({ input: process.stdin, output: unseen, terminal: true })
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        lines.once('line', (line) => {
          resolve(line)
          lines.close()
        })
        // In raw mode Ctrl-C is a key like others; what it means is decided where all signals are.
        let isInterrupted = false
        lines.once('SIGINT', () => {
          isInterrupted = true
          lines.close()
          process.emit('SIGINT', 'SIGINT')
        })
        lines.once('close', () => {
          process.stderr.write('\n')
          if (!isInterrupted) resolve(undefined)
        })
      }),
  }
}
