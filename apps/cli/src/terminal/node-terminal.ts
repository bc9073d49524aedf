import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { isatty } from 'node:tty'
import { outputOf } from '@hood-exports/command-line'
import type { Input, Terminal } from './terminal.ts'

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
