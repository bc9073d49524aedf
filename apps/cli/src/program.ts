import { CommanderError } from 'commander'
import type { Command } from 'commander'
import { UsageError, choice, createCommand, duration, examples, nearest } from '@hood-exports/command-line'
import type { Output } from '@hood-exports/command-line'
import manifest from '../package.json' with { type: 'json' }
import type { CommandContext, GlobalFlags } from './command-context.ts'
import { declareAccount } from './declarations/account.ts'
import { declareCompletion } from './declarations/completion.ts'
import { declareCreate } from './declarations/create.ts'
import { declareDownload } from './declarations/download.ts'
import { declareGet } from './declarations/get.ts'
import { declareList } from './declarations/list.ts'
import { declareRetry } from './declarations/retry.ts'
import type { Start } from './declarations/start.ts'
import { declareSync } from './declarations/sync.ts'
import { declareWait } from './declarations/wait.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** The names of the tiers; from the client they would take it with them into `--help`. */
const TIERS = ['A', 'B', 'C', 'D', 'E'] as const

/** What the program needs before a command is chosen. */
export interface ProgramOptions {
  readonly stdout: Output
  readonly stderr: Output
  /** Makes the context of the command that was chosen. */
  readonly contextOf: (flags: GlobalFlags) => Promise<CommandContext>
}

export interface Program {
  readonly command: Command
  /**
   * Parses and runs. What help and `--version` print comes back as text.
   * @throws CommanderError or CommandError for what cannot be understood; whatever the command throws.
   */
  run(argv: readonly string[]): Promise<Ended>
}

interface Ended {
  readonly exitCode: ExitCode
  /** For stdout. */
  readonly printed: string
  /** For stderr: the help that comes with an error. */
  readonly advice: string
}

/** The whole command line. Nothing is loaded but the declarations of the commands. */
export function createProgram({ stdout, stderr, contextOf }: ProgramOptions): Program {
  let exitCode: ExitCode = EXIT.ok
  let printed = ''
  let advice = ''
  const command = createCommand({ name: 'hood-exports', version: manifest.version, stdout, stderr })
  const start: Start = async (body) => {
    exitCode = await body(await contextOf(command.opts<GlobalFlags>()))
  }
  command
    .description('List, view, download, mirror and make the exports of an Ocamba Hood account, within its quota.')
    .addHelpText(
      'before',
      examples(
        'hood-exports login',
        'hood-exports list --all --where status=failed --where "create_time>=7d"',
        'hood-exports download 1000000',
        'hood-exports sync ./exports',
        'hood-exports create 2000000 --name "Clicks of July" --wait -o july.csv',
      ),
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 ok, 1 API or unknown, 2 usage, 3 token, 4 not found, 5 quota
or deadline, 6 network, 7 partly done, 8 another sync has the folder,
130 interrupted.`,
    )
    .option('--base-url <url>', 'where the API is (default: HOOD_BASE_URL, the profile, the vendor)')
    .option('--profile <name>', 'a saved token and base URL (default: HOOD_PROFILE, or "default")')
    .option('--token-stdin', 'read the token from standard input (else: HOOD_TOKEN, the profile)')
    .option('--deadline <duration>', 'give up after this time, such as 30s or 10m', duration)
    .option(
      '--timeout <duration>',
      'for one answer (default: 30s), and for silence within a file (default: 60s)',
      duration,
    )
    .addOption(
      choice('--tier <name>', 'the quota of the account, by its tier (default: C, or as the API says)', { of: TIERS }),
    )
    .addOption(
      choice('--quota <scope>', 'share the quota with all commands on this machine, or keep an own count', {
        of: ['machine', 'own'],
        otherwise: 'machine',
      }),
    )
    .option('--json', 'for machines: JSON on stdout, and errors as JSON on stderr')
    .addOption(
      choice('--log <format>', 'stderr for people, or a line of JSON for each thing that happens', {
        of: ['text', 'json'],
        otherwise: 'text',
      }),
    )
    .option('-q, --quiet', 'no notes and no progress')
    .option('-v, --verbose', 'show each request on stderr')
    .showHelpAfterError(false)
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 24 })
    .configureOutput({
      writeOut: (text) => void (printed += text),
      // Errors are thrown, and printed where all are.
      outputError: () => undefined,
      writeErr: (text) => void (advice += text),
      getOutHasColors: () => stdout.colour,
      getErrHasColors: () => stderr.colour,
    })
  declareList(command, start)
  declareGet(command, start)
  declareDownload(command, start)
  declareWait(command, start)
  declareSync(command, start)
  declareCreate(command, start)
  declareRetry(command, start)
  declareAccount(command, start)
  declareCompletion(command, start)
  return {
    command,
    async run(argv) {
      try {
        await command.parseAsync(argv, { from: 'user' })
      } catch (error) {
        if (!(error instanceof CommanderError)) throw error
        if (error.code === 'commander.help' && error.exitCode !== 0) exitCode = refuseUnknown(command)
        else if (error.exitCode !== 0) throw error
      }
      return { exitCode, printed, advice }
    },
  }
}

/** No command is a reason for help; with `--json`, and for `help` of what is no command, it is an error. */
function refuseUnknown(command: Command): ExitCode {
  const [, name] = command.args
  const names = command.commands.map((each) => each.name())
  if (name !== undefined) {
    const meant = nearest(name, names)
    const hint = meant === undefined ? '"hood-exports --help" lists them' : `did you mean ${meant}?`
    throw new UsageError(`Unknown command ${JSON.stringify(name)} (${hint})`)
  }
  if (command.opts<GlobalFlags>().json) throw new UsageError(`No command: give one of ${names.join(', ')}`)
  return EXIT.usage
}
