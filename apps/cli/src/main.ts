import { endAtSignal } from '@hood-exports/command-line'
import { run } from './run.ts'
import { nodeTerminal } from './terminal/node-terminal.ts'

const interruption = new AbortController()
const ended = run(process.argv.slice(2), nodeTerminal(interruption.signal))
endAtSignal(() => {
  interruption.abort()
  return ended
})
const exitCode = await ended
// Everything is written by now; connections that are kept alive must not keep the process. A signal's code stays.
process.exit(process.exitCode ?? exitCode)
