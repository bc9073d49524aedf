import { readFile } from 'node:fs/promises'
import { EXIT, UsageError, choice, endAtSignal, examples, outputOf, wholeNumber } from '@hood-exports/command-line'
import { readVendorProfile } from '@hood-exports/openapi/profile'
import type { VendorProfile } from '@hood-exports/openapi/profile'
import type { Command } from 'commander'

interface Flags {
  baseUrl?: string
  tokenStdin?: true
  profile?: string
  compare?: string
  json?: true
  seed?: number
  limits: 'on' | 'off'
  timeout: number
}

const LARGEST_SEED = 2 ** 31 - 1
const DEFAULT_FILE = 'vendor-profile.json'

const EXIT_CODES = `
Environment: HOOD_TOKEN, a token of the account; HOOD_BASE_URL, the provider

Exit codes: 0 learnt, and nothing has changed; 1 something has changed; 2 usage; 3 the token is refused;
5 nothing but 429 came; 6 no exports API answers at the base URL; 130 interrupted.`

/** `hood-contract learn` */
export function addLearnCommand(program: Command): void {
  program
    .command('learn')
    .summary('find out what a provider does where the documents are silent')
    .description(
      'Sends at most 150 requests that only read, and writes what an account does where the documents leave a choice: page sizes, orders, filters, searches, quota, files. The profile has no token, no names and no values of people.',
    )
    .option('--base-url <url>', 'the provider (default: HOOD_BASE_URL)')
    .option('--token-stdin', 'read the token from standard input instead of HOOD_TOKEN')
    .option('--profile <file>', `where the profile is written (default: ${DEFAULT_FILE}; with --compare nowhere)`)
    .option('--compare <file>', 'say what has changed since this profile was learnt')
    .option('--json', 'print the profile, or the changes, as JSON instead of a table')
    .option('--seed <number>', 'ask for the same values as a run before (default: 1)', wholeNumber(0, LARGEST_SEED))
    .addOption(
      choice('--limits <state>', 'on: the provider enforces its quota; off: it does not, so send without waiting', {
        of: ['on', 'off'],
        otherwise: 'on',
      }),
    )
    .option('--timeout <seconds>', 'until an answer must be complete', wholeNumber(1, 3_600), 10)
    .addHelpText(
      'before',
      examples(
        'HOOD_TOKEN=… hood-contract learn --base-url https://api.ocamba.com',
        'hood-contract learn --base-url http://127.0.0.1:4020 --profile profiles/sandbox.json',
        'hood-contract learn --base-url "$URL" --compare vendor-profile.json',
      ),
    )
    .addHelpText('after', EXIT_CODES)
    .action(runLearn)
}

async function runLearn(flags: Flags): Promise<void> {
  const { findBaseUrl, readTokens } = await import('../settings.ts')
  const baseUrl = findBaseUrl(flags.baseUrl, process.env)
  const { main: token } = await readTokens(process.env, flags.tokenStdin === true ? process.stdin : undefined)
  const { checkFiles, coloursOf, save } = await import('../reports/write-reports.ts')
  const file = flags.profile ?? (flags.compare === undefined ? DEFAULT_FILE : undefined)
  await checkFiles({ '--profile': file })
  const earlier = flags.compare === undefined ? undefined : await readProfile(flags.compare)
  const { MOST_REQUESTS, learn } = await import('./learn.ts')
  const { createStatusLine } = await import('@hood-exports/command-line/terminal')
  const output = outputOf(process.stderr, 2)
  const status = createStatusLine({ output, term: process.env['TERM'], now: () => performance.now() })
  endAtSignal(status.clear)
  const say = (line: string): void => {
    if (output.isTTY) status.show(line, 'now')
    else process.stderr.write(`hood-contract: ${line}\n`)
  }
  const { limits, seed = 1 } = flags
  if (limits === 'on') say(`at most ${MOST_REQUESTS} requests, which takes one to two minutes`)
  const learnt = await learn({
    baseUrl,
    token,
    seed,
    limits,
    timeoutMs: flags.timeout * 1_000,
    onProgress: (sent) => status.show(`request ${sent} of at most ${MOST_REQUESTS}`),
    onWait: (ms) => say(`waiting ${Math.ceil(ms / 1_000)} s until a window of the quota ends`),
  })
  await status.clear()
  if (learnt.kind === 'failed') {
    const { hindered } = await import('../reports/verdict.ts')
    const { exitCode, sentence } = hindered(learnt.ending, baseUrl)
    process.stdout.write(`${sentence}\n`)
    process.exitCode = exitCode
    return
  }
  const { profile } = learnt
  if (file !== undefined) await save(file, `${JSON.stringify(profile, undefined, 2)}\n`)
  if (earlier !== undefined) {
    const { changesSince, changesText } = await import('./compare.ts')
    const changes = changesSince(earlier, profile)
    process.stdout.write(flags.json === true ? `${JSON.stringify(changes, undefined, 2)}\n` : changesText(changes))
    process.exitCode = changes.drifts.length > 0 ? EXIT.failed : EXIT.ok
    return
  }
  const { profileTable } = await import('./profile-table.ts')
  const text =
    flags.json === true
      ? `${JSON.stringify(profile, undefined, 2)}\n`
      : profileTable(profile, coloursOf(process.stdout))
  process.stdout.write(text)
  if (flags.json !== true && file !== undefined) process.stdout.write(`The profile is in ${file}.\n`)
}

/** @throws UsageError */
async function readProfile(file: string): Promise<VendorProfile> {
  try {
    return readVendorProfile(await readFile(file, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `--compare ${JSON.stringify(file)} cannot be read (${reason}): give a profile that learn has written`,
    )
  }
}
