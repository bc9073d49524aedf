import { ID_PATTERN } from '@hood-exports/openapi'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { progressLine } from './progress-line.ts'
import { Refusal } from './refusal.ts'
import { readBaseUrl, readLaws, readTokens } from './settings.ts'
import { EXIT_CODES } from './reports/verdict.ts'
import type { Outputs } from './reports/write-reports.ts'
import { createStatusLine } from './status-line.ts'

interface Flags extends Outputs {
  baseUrl?: string
  tokenStdin?: true
  only?: string
  except?: string
  budget?: number
  seed?: number
  limits: 'on' | 'off'
  writes: 'no' | 'allowed'
  quickReport?: string
  timeout: number
}

const LARGEST_SEED = 2 ** 31 - 1
/** Less cannot read an account and look twice. */
const SMALLEST_BUDGET = 40

// A reader such as `| head` has seen enough; files and exit code are still wanted.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`error: the output cannot be written (${error.message})\n`)
    process.exit(EXIT_CODES.usage)
  })
}

const program = new Command('hood-contract')
  .description('Holds any provider of the Hood exports API against what the API promises.')
  .addHelpText(
    'before',
    examples(
      'HOOD_TOKEN=… hood-contract verify --base-url https://api.ocamba.com',
      'hood-contract laws',
      'hood-contract verify --help',
    ),
  )
  .version(manifest.version, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'help, also of each command')
  .showHelpAfterError('(--help tells all options)')
  .configureOutput({
    getOutHelpWidth: () => (process.stdout.isTTY ? process.stdout.columns : 100),
    getErrHelpWidth: () => (process.stderr.isTTY ? process.stderr.columns : 100),
  })
  .allowExcessArguments(false)
  .exitOverride()

program
  .command('verify')
  .summary('ask a provider, and tell which laws it breaks')
  .description(
    'Asks the provider at a base URL, and tells which laws it breaks. It only reads, unless writes are allowed.',
  )
  .option('--base-url <url>', 'the provider (default: HOOD_BASE_URL)')
  .option('--token-stdin', 'read the token from standard input instead of HOOD_TOKEN')
  .option('--only <names>', 'families or laws to look at, with commas between them (default: all)')
  .option('--except <names>', 'families or laws that are left out, and told as not looked at')
  .option(
    '--budget <requests>',
    'requests that may be sent (default: 160, and 8 for each other account; 400 with limits off; 75 more for writes)',
    wholeNumber(SMALLEST_BUDGET, 1_000_000),
  )
  .option('--seed <number>', 'ask the same as a run before (default: a new one)', wholeNumber(0, LARGEST_SEED))
  .addOption(
    new Option('--limits <state>', 'on: the provider enforces its quota; off: it does not, so ask without waiting')
      .choices(['on', 'off'])
      .default('on'),
  )
  .addOption(
    new Option('--writes <state>', 'allowed: make two exports, and run again what this run has made or what has failed')
      .choices(['no', 'allowed'])
      .default('no'),
  )
  .option('--quick-report <id>', 'what writes make exports of (default: the id in the spec’s example)', digits)
  .option('--timeout <seconds>', 'until an answer must be complete', wholeNumber(1, 3_600), 10)
  .option('--junit <file>', 'write a JUnit report')
  .option('--json <file>', 'write the report as JSON; - is standard output')
  .option('--html <file>', 'write the report as a page')
  .addHelpText(
    'before',
    examples(
      'HOOD_TOKEN=… hood-contract verify --base-url https://api.ocamba.com',
      'hood-contract verify --base-url http://127.0.0.1:4020 --limits off --budget 300',
      'hood-contract verify --base-url "$URL" --only sort,page,search --junit report.xml',
      'hood-contract verify --base-url "$URL" --except page-past-end',
      'hood-contract verify --base-url "$URL" --writes allowed --quick-report 42',
    ),
  )
  .addHelpText('after', environment())
  .allowExcessArguments(false)
  .action(runVerify)

program
  .command('laws')
  .summary('list the laws')
  .description('Lists the laws by family, each with its promise.')
  .action(async () => {
    const { LAWS, LAW_NAMES } = await import('./verify/laws.ts')
    const width = Math.max(...LAW_NAMES.map(({ length }) => length))
    for (const name of LAW_NAMES) {
      process.stdout.write(`${LAWS[name].family.padEnd(11)} ${name.padEnd(width)}  ${LAWS[name].expected}\n`)
    }
  })

try {
  refuseTokenIn(process.argv)
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT_CODES.usage
  else if (error instanceof Refusal) {
    process.stderr.write(`error: ${error.message}\n`)
    process.exitCode = EXIT_CODES.usage
  } else throw error
}

/** Every program on the machine can read the arguments of a process; what was given is not repeated. */
function refuseTokenIn(argv: readonly string[]): void {
  if (!argv.some((argument) => /^--token(?:=|$)/.test(argument))) return
  throw new Refusal(
    'a token on the command line can be read by every program on this machine: set HOOD_TOKEN, or pass --token-stdin',
  )
}

async function runVerify(flags: Flags): Promise<void> {
  const baseUrl = readBaseUrl(flags.baseUrl ?? process.env['HOOD_BASE_URL'])
  const tokens = await readTokens(process.env, flags.tokenStdin === true ? process.stdin : undefined)
  const laws = readLaws(flags)
  const { verify } = await import('./verify/verify.ts')
  const { checkOutputs, writeReports } = await import('./reports/write-reports.ts')
  const { randomInt } = await import('node:crypto')
  await checkOutputs(flags)
  const { budget, limits, writes, quickReport: reportId, seed = randomInt(LARGEST_SEED) } = flags
  const status = createStatusLine(process.stderr, process.env['TERM'])
  process.once('SIGINT', () => {
    status?.clear()
    process.exit(EXIT_CODES.interrupted)
  })
  const startedAtMs = performance.now()
  const report = await verify({
    baseUrl,
    tokens,
    limits,
    seed,
    writes,
    ...(budget !== undefined && { budget }),
    ...(reportId !== undefined && { reportId }),
    ...laws,
    timeoutMs: flags.timeout * 1_000,
    ...(status && {
      onProgress: (progress) => status.show(progressLine(progress, performance.now() - startedAtMs)),
    }),
    onWait: (ms) => {
      const line = `waiting ${Math.ceil(ms / 1_000)} s until the quota is renewed`
      if (status) status.show(line)
      else process.stderr.write(`hood-contract: ${line}\n`)
    },
  })
  status?.clear()
  process.exitCode = await writeReports(report, flags)
}

function digits(text: string): string {
  if (new RegExp(ID_PATTERN).test(text)) return text
  throw new InvalidArgumentError('Give the id of a quick report: digits.')
}

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= from && value <= to) return value
    throw new InvalidArgumentError(`Give a whole number from ${from} to ${to}.`)
  }
}

/** In front of a help text. */
function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`
}

function environment(): string {
  return `
Environment:
  HOOD_TOKEN                a token of the account to look at
  HOOD_TOKEN_SAME_ACCOUNT   another token of that account: both must see the same, and share the quota
  HOOD_TOKEN_OTHER_ACCOUNT  a token of another account: neither may see anything of the other
  HOOD_TOKEN_THIRD_ACCOUNT  a token of a third account
  HOOD_BASE_URL             the provider

Exit codes: 0 every law that was looked at holds, 1 a law is broken, 2 usage, 3 a token is refused,
5 nothing but 429 came, 6 no exports API answers at the base URL, 130 interrupted.`
}
