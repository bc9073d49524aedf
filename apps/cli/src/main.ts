import { run } from './run.ts'
import { nodeTerminal } from './terminal/node-terminal.ts'

/** What a shell expects of a program that a signal has ended: 128 and the signal's number. */
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

const interruption = new AbortController()
let signalCode: number | undefined
for (const [name, code] of SIGNALS) {
  process.on(name, () => {
    // Whoever asks twice does not want to wait for anything.
    if (signalCode !== undefined) process.exit(code)
    signalCode = code
    interruption.abort()
  })
}

const exitCode = await run(process.argv.slice(2), nodeTerminal(interruption.signal))
// Everything was written by now; connections that are kept alive must not keep the process.
process.exit(signalCode ?? exitCode)
