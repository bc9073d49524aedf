import { FAULTS, parseFaults, parseLimits } from '@hood-exports/provider'
import type { LimitOption } from '@hood-exports/provider'
import { Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { DEFAULT_MAKING_SECONDS } from './choices.ts'
import { MAX_SECONDS } from './data/sandbox-time.ts'
import { startSandbox } from './start.ts'

interface Flags {
  port: number
  host: string
  items: number
  seed: number
  startTime: 'fixed' | 'now'
  database?: string
  limits: LimitOption
  nulls: 'sent' | 'left-out'
  numbers: 'number' | 'text'
  makingSeconds: number
  faults: string
  control: 'on' | 'off'
  json?: true
}

const DEFAULT_PORT = 4020
/** A command line that cannot be understood; 1 is one that is right, while the sandbox cannot start. */
const USAGE = 2
/** What a shell expects of a program that a signal has ended. */
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const

// A reader such as `head` has seen enough, and a log may fill the disk: requests are answered all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const program = new Command('hood-exports-sandbox')
  .description('The Hood exports API with state, on this machine. Its page at / tells how to call it.')
  .option('-p, --port <number>', '0 takes a free one', wholeNumber(0, 65_535), DEFAULT_PORT)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--items <number>', 'exports of the main account', wholeNumber(0, 100_000_000), 1_000)
  .option('--seed <number>', 'which data is made up; the same seed gives the same bytes', wholeNumber(0, 2 ** 31), 1)
  .addOption(
    new Option(
      '--start-time <when>',
      'when its time begins: now, or fixed at 2026-01-01 for the same bytes on every day',
    )
      .choices(['now', 'fixed'])
      .default('now'),
  )
  .option('--database <file>', 'keep the state in a file; several sandboxes may share it (default: in memory)')
  .option('--limits <limits>', 'on, off, or windows such as 10/1s,150/60s[,parallel=4]', limits, 'on')
  .addOption(
    new Option('--nulls <way>', 'how a member without a value is sent: as null, or not at all')
      .choices(['sent', 'left-out'])
      .default('sent'),
  )
  .addOption(
    new Option('--numbers <way>', 'how total, size and counts are sent: as numbers, or as strings of digits')
      .choices(['number', 'text'])
      .default('number'),
  )
  .option(
    '--making-seconds <number>',
    'how long making an export takes, by a request or a retry',
    wholeNumber(0, MAX_SECONDS),
    DEFAULT_MAKING_SECONDS,
  )
  .option('--faults <faults>', 'on: X-Fault scripts a request; off; or faults of every request', faults, 'on')
  .addOption(
    new Option('--control <state>', 'whether /_sandbox/states sets provider states')
      .choices(['on', 'off'])
      .default('off'),
  )
  .option('--json', 'one line of JSON on stdout when ready')
  .addHelpText(
    'before',
    `Examples:
  $ hood-exports-sandbox --port 0 --json
  $ hood-exports-sandbox --items 1000000 --database sandbox.db
  $ hood-exports-sandbox --limits 75/1s,700/60s,parallel=4 --faults "delay=100-300ms, status=500@5%"
  $ curl -H "Authorization: Bearer sandbox-ana" "http://127.0.0.1:4020/v1/hood/exports?status=ready&page=1,3"
  $ curl -H "Authorization: Bearer sandbox-ana" -X POST "http://127.0.0.1:4020/v1/hood/exports/1000000/retry"
  $ curl -H "Authorization: Bearer sandbox-ana" --json '{"name": "Mine", "out": "csv"}' \\
      "http://127.0.0.1:4020/v1/hood/quick-reports/42/export"
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
  const started = await startSandbox(options)
  // Only now: while the data is made nothing but the default action of a signal would work, and nothing is to be closed.
  for (const [signal, code] of SIGNALS) process.once(signal, () => void started.close().then(() => process.exit(code)))
  const { url, port, sandbox } = started
  process.stdout.write(
    json === true
      ? `${JSON.stringify({ ready: true, url, port, pid: process.pid, tokens: sandbox.tokens })}\n`
      : readyText(url),
  )
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

function readyText(url: string): string {
  return `Hood exports sandbox is ready at ${url}

  curl -H "Authorization: Bearer sandbox-ana" "${url}/v1/hood/exports?status=ready&page=1,3"

Demo tokens  sandbox-ana, sandbox-ana-laptop (one account) · sandbox-boris · sandbox-chiara · sandbox-dunja (empty)
For people   ${url}/
`
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

/** What it says begins with the name of the option. */
function checked<Value>(name: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    return program.error(`error: --${name}${(error as Error).message}`)
  }
}
