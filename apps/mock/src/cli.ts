import { flushCompileCache } from 'node:module'
import { FAULTS, parseFaults, parseLimits } from '@hood-exports/provider'
import type { LimitOption } from '@hood-exports/provider'
import { Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { exampleCalls } from './example-calls.ts'
import { deviationText } from './proxy/deviation.ts'
import type { Deviation } from './proxy/deviation.ts'
import { parseOrigin } from './proxy/origin.ts'
import { startMock } from './start.ts'
import { SpecUnreadable } from './spec/read-spec.ts'
import type { SpecChange } from './spec/watch-spec.ts'

interface Flags {
  port: number
  host: string
  spec?: string
  watch: 'on' | 'off'
  limits: LimitOption
  faults: string
  control: 'on' | 'off'
  seed: number
  proxy?: string
  json?: true
}

/** A command line that cannot be understood; 1 is one that is right, while the mock cannot start. */
const USAGE = 2
/** What a shell expects of a program that a signal has ended. */
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const

const EXAMPLES = exampleCalls({ origin: 'http://127.0.0.1:4010', token: 'any' })

const onOrOff = (flag: string, description: string, by: 'on' | 'off'): Option =>
  new Option(flag, description).choices(['on', 'off']).default(by)

// A reader such as `| head` may have gone, and a log may fill the disk: requests are answered all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const program = new Command('hood-exports-mock')
  .description('The Hood exports API on this machine, answered from its OpenAPI document by Prism.')
  .option('-p, --port <number>', '0 takes a free one', wholeNumber(0, 65_535), 4010)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--spec <file>', 'an OpenAPI document of your own, YAML or JSON (default: the one of this package)')
  .addOption(onOrOff('--watch <state>', 'whether a change of --spec, or of a file it refers to, is taken over', 'on'))
  .option('--limits <limits>', 'on, off, or windows such as 10/1s,150/60s[,parallel=4]', limits, 'off')
  .option('--faults <faults>', 'on: X-Fault scripts a request; off; or faults of every request', faults, 'on')
  .addOption(onOrOff('--control <state>', 'whether test suites can script over /_mock/', 'off'))
  .option('--seed <number>', 'for chance; the same seed gives the same answers', wholeNumber(0, 2 ** 31), 1)
  .option(
    '--proxy <origin>',
    'pass requests on, and report how they and their answers deviate from the document',
    proxy,
  )
  .option('--json', 'lines of JSON on stdout, for machines')
  .addHelpText(
    'before',
    `Examples:
  $ hood-exports-mock --port 0 --json
  $ hood-exports-mock --limits on --faults "delay=100-300ms, status=500@5%"
  $ hood-exports-mock --proxy http://127.0.0.1:4020
  $ ${EXAMPLES.line('/v1/hood/exports/1000000', ' -H "Prefer: code=404"')}
  $ ${EXAMPLES.filter}
  $ ${EXAMPLES.create}
`,
  )
  .addHelpText(
    'after',
    `
Faults, several with commas, each with @10% for a share of the requests:
${FAULTS.map(([example, effect]) => `  ${example.padEnd(18)}${effect}`).join('\n')}

Exit codes: 1 it cannot start, such as on a port that is taken, 2 usage, 130 and 143 ended by a signal.`,
  )
  .version(manifest.version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'this help')
  .configureOutput({
    getOutHelpWidth: () => (process.stdout.isTTY ? process.stdout.columns : 100),
    getErrHelpWidth: () => (process.stderr.isTTY ? process.stderr.columns : 100),
  })
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .showHelpAfterError('(--help tells all options)')
  .allowExcessArguments(false)

program.parse()
const { json, ...options } = program.opts<Flags>()

try {
  const started = await startMock({ ...options, onDeviation, onSpecChange })
  for (const [signal, code] of SIGNALS) process.once(signal, () => void started.close().then(() => process.exit(code)))
  const { url, port } = started
  tell({ ready: true, url, port, pid: process.pid }, readyText(url))
  // So that the next start is as fast, also after a SIGKILL.
  setTimeout(flushCompileCache, 1_000).unref()
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof SpecUnreadable ? USAGE : 1
}

function tell(facts: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(facts)}\n` : text)
}

function readyText(url: string): string {
  const { proxy } = options
  const [what, token, tokens] =
    proxy === undefined
      ? ['is ready', 'any', 'any']
      : [`passes requests on to ${proxy}`, '$TOKEN', 'those of the other side; none is logged']
  const { list, filter, create } = exampleCalls({ origin: url, token })
  // Where requests are passed on, a line that is tried out must make nothing.
  const lines = proxy === undefined ? [list, filter, create] : [list, filter]
  return `Hood exports mock ${what} at ${url}

${lines.map((line) => `  ${line}`).join('\n')}

Tokens       ${tokens}
For people   ${url}/
`
}

function onDeviation(deviation: Deviation): void {
  tell({ deviation }, `${deviationText(deviation)}\n`)
}

function onSpecChange(change: SpecChange): void {
  if (change.kind === 'reloaded') tell({ spec: change }, `The document has changed: it answers from now on\n`)
  else if (json === true) tell({ spec: change }, '')
  else process.stderr.write(`The document is broken, the last good one goes on answering: ${change.message}\n`)
}

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`)
  }
}

function limits(text: string): LimitOption {
  return checked('', () => parseLimits(text))
}

function faults(text: string): string {
  if (text !== 'on' && text !== 'off') checked('faults: ', () => parseFaults(text))
  return text
}

function proxy(text: string): string {
  checked('', () => parseOrigin(text))
  return text
}

/** What it says begins with the name of the option. */
function checked<Value>(name: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    return program.error(`error: --${name}${(error as Error).message}`)
  }
}
