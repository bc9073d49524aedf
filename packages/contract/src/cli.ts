import {
  EXIT,
  choice,
  createCommand,
  endAtSignal,
  examples,
  fileArgument,
  ignoreClosedPipes,
  outputOf,
  refuseTokenIn,
  runCommand,
  wholeNumber,
} from '@hood-exports/command-line'
import { ID_PATTERN } from '@hood-exports/openapi'
import { readVendorProfile } from '@hood-exports/openapi/profile'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import { InvalidArgumentError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addLearnCommand } from './learn/learn-command.ts'
import type { Outputs } from './reports/write-reports.ts'

interface Flags extends Outputs {
  baseUrl?: string
  tokenStdin?: true
  only?: string
  except?: string
  budget?: number
  seed?: number
  limits: 'on' | 'off'
  writes: 'no' | 'allowed'
  thorough?: true
  useUp: 'none' | 'third'
  quickReport?: string
  baseline?: string
  profile?: VendorProfile
  timeout: number
}

const LARGEST_SEED = 2 ** 31 - 1
/** Less cannot read an account and look twice. */
const SMALLEST_BUDGET = 40

const ENVIRONMENT = `
Environment:
  HOOD_TOKEN                a token of the account to look at
  HOOD_TOKEN_SAME_ACCOUNT   another token of that account: both must see the same, and share the quota
  HOOD_TOKEN_OTHER_ACCOUNT  a token of another account: neither may see anything of the other
  HOOD_TOKEN_THIRD_ACCOUNT  a token of a third account
  HOOD_BASE_URL             the provider

Exit codes: 0 nothing failed but what the baseline has, 1 a law failed, 2 usage, 3 a token is refused,
5 nothing but 429 came, 6 no exports API answers at the base URL, 130 interrupted.`

// A closed pipe is no reason to stop: files and exit code are still wanted.
ignoreClosedPipes((error) => {
  process.stderr.write(`error: the output cannot be written (${error.message})\n`)
  process.exit(EXIT.usage)
})

const program = createCommand({ name: 'hood-contract', version: manifest.version })
  .description('Checks any provider of the Hood exports API against what the API promises.')
  .addHelpText(
    'before',
    examples(
      'HOOD_TOKEN=… hood-contract verify --base-url https://api.ocamba.com',
      'HOOD_TOKEN=… hood-contract learn --base-url https://api.ocamba.com',
      'hood-contract laws',
      'hood-contract verify --help',
    ),
  )

program
  .command('verify')
  .summary('report which laws a provider breaks')
  .description(
    'Sends requests to the provider at a base URL, and reports which laws it breaks. It only reads, unless writes are allowed.',
  )
  .option('--base-url <url>', 'the provider (default: HOOD_BASE_URL)')
  .option('--token-stdin', 'read the token from standard input instead of HOOD_TOKEN')
  .option('--only <names>', 'families or laws to look at, with commas between them (default: all)')
  .option('--except <names>', 'families or laws to leave out, which are then skipped in the report')
  .option(
    '--budget <requests>',
    'requests that may be sent (default: 158, 48 more for another account and 8 for a third; 400 with limits off or --thorough; 75 more for writes, 322 to use a minute up)',
    wholeNumber(SMALLEST_BUDGET, 1_000_000),
  )
  .option(
    '--seed <number>',
    'send the same requests as a run before (default: that of the baseline, or a new one)',
    wholeNumber(0, LARGEST_SEED),
  )
  .addOption(
    choice('--limits <state>', 'on: the provider enforces its quota; off: it does not, so send without waiting', {
      of: ['on', 'off'],
      otherwise: 'on',
    }),
  )
  .addOption(
    choice('--writes <state>', 'allowed: make two exports, and run again what this run has made or what has failed', {
      of: ['no', 'allowed'],
      otherwise: 'no',
    }),
  )
  .option('--thorough', 'send 400 requests: takes some minutes, and sees rarer mistakes')
  .addOption(
    choice(
      '--use-up <account>',
      'third: use up a minute of the third account, to see that the next request is refused',
      {
        of: ['none', 'third'],
        otherwise: 'none',
      },
    ),
  )
  .option('--quick-report <id>', 'what writes make exports of (default: the id in the spec’s example)', digits)
  .option(
    '--profile <file>',
    'a profile of learn: what it has observed must still be so (150 requests more, a minute later)',
    fileArgument('--profile', readVendorProfile),
  )
  .option('--baseline <file>', 'a report of --json: failures that it has are known, and only others fail')
  .option('--timeout <seconds>', 'until an answer must be complete', wholeNumber(1, 3_600), 10)
  .option('--junit <file>', 'write a JUnit report')
  .option('--json <file>', 'write the report as JSON; - is standard output')
  .option('--html <file>', 'write the report as a page')
  .addHelpText(
    'before',
    examples(
      'HOOD_TOKEN=… hood-contract verify --base-url https://api.ocamba.com',
      'hood-contract verify --base-url "$URL" --profile vendor-profile.json',
      'hood-contract verify --base-url http://127.0.0.1:4020 --limits off --budget 300',
      'hood-contract verify --base-url "$URL" --only sort,page,search --junit report.xml',
      'hood-contract verify --base-url "$URL" --except page-past-end',
      'hood-contract verify --base-url "$URL" --baseline known.json --json report.json',
      'hood-contract verify --base-url "$URL" --writes allowed --quick-report 42',
    ),
  )
  .addHelpText('after', ENVIRONMENT)
  .action(runVerify)

addLearnCommand(program)

program
  .command('laws')
  .summary('list the laws')
  .description('Lists the laws by family, each with what is expected.')
  .action(async () => {
    const { LAWS, LAW_NAMES } = await import('./verify/laws.ts')
    const width = Math.max(...LAW_NAMES.map(({ length }) => length))
    for (const name of LAW_NAMES) {
      process.stdout.write(`${LAWS[name].family.padEnd(11)} ${name.padEnd(width)}  ${LAWS[name].expected}\n`)
    }
  })

// Not awaited: a chunk that is loaded on the way may need this module, which would then wait for itself.
void runCommand({
  parseAsync: async (argv, options) => {
    refuseTokenIn(argv ?? [], 'set HOOD_TOKEN, or pass --token-stdin')
    return program.parseAsync(argv, options)
  },
})

async function runVerify(flags: Flags): Promise<void> {
  const { checkUseUp, findBaseUrl, readLaws, readTokens } = await import('./settings.ts')
  const baseUrl = findBaseUrl(flags.baseUrl, process.env)
  const tokens = await readTokens(process.env, flags.tokenStdin === true ? process.stdin : undefined)
  const laws = readLaws(flags)
  checkUseUp(flags, tokens)
  const { verify } = await import('./verify/verify.ts')
  const { checkOutputs, writeReports } = await import('./reports/write-reports.ts')
  const { createStatusLine } = await import('@hood-exports/command-line/terminal')
  const { progressLine } = await import('./progress-line.ts')
  const { compareWithBaseline, readBaseline } = await import('./baseline.ts')
  const { randomInt } = await import('node:crypto')
  await checkOutputs(flags)
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline, flags.json)
  const { budget, limits, writes, quickReport: reportId, seed = baseline?.seed ?? randomInt(LARGEST_SEED) } = flags
  const output = outputOf(process.stderr, 2)
  const status = createStatusLine({ output, term: process.env['TERM'], now: () => performance.now() })
  endAtSignal(status.clear)
  const startedAtMs = performance.now()
  const report = await verify({
    baseUrl,
    tokens,
    limits,
    seed,
    writes,
    useUp: flags.useUp,
    effort: flags.thorough === true ? 'thorough' : 'usual',
    ...(budget !== undefined && { budget }),
    ...(reportId !== undefined && { reportId }),
    ...(flags.profile !== undefined && { profile: flags.profile }),
    ...laws,
    timeoutMs: flags.timeout * 1_000,
    onProgress: (progress) => status.show(progressLine(progress, performance.now() - startedAtMs)),
    onWait: (ms) => {
      const line = `waiting ${Math.ceil(ms / 1_000)} s until the quota is renewed`
      if (output.isTTY) status.show(line, 'now')
      else process.stderr.write(`hood-contract: ${line}\n`)
    },
  })
  await status.clear()
  process.exitCode = await writeReports(baseline ? compareWithBaseline(report, baseline) : report, flags)
}

function digits(text: string): string {
  if (new RegExp(ID_PATTERN).test(text)) return text
  throw new InvalidArgumentError('Give the id of a quick report: digits.')
}
