import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { wantsColour } from './colour.ts'
import type { Input, Output, Terminal } from './terminal.ts'

/** The terminal of this process. */
export function nodeTerminal(signal: AbortSignal): Terminal {
  const { env } = process
  return {
    stdin: inputOf(process.stdin),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env,
    signal,
  }
}

function outputOf(stream: WriteStream): Output {
  // Told to whoever writes; without a listener it would end the process with a stack trace.
  stream.on('error', () => undefined)
  const isTTY = stream.isTTY === true
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

function inputOf(stream: NodeJS.ReadStream): Input {
  return {
    isTTY: stream.isTTY === true,
    [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator](),
    readSecret: (prompt) =>
      new Promise((resolve) => {
        process.stderr.write(prompt)
        const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
        const lines = createInterface({ input: stream, output: unseen, terminal: true })
        const end = (secret: string | undefined): void => {
          resolve(secret)
          lines.close()
          process.stderr.write('\n')
        }
        lines.once('line', end)
        lines.once('close', () => resolve(undefined))
        lines.once('SIGINT', () => {
          lines.close()
          process.stderr.write('\n')
          process.kill(process.pid, 'SIGINT')
        })
      }),
  }
}
