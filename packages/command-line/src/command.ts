import { inspect } from 'node:util'
import { Command, CommanderError, Option } from 'commander'
import { EXIT } from './exit-code.ts'
import { UsageError } from './usage-error.ts'

/** Where help is printed, as far as its layout depends on it. */
export interface HelpOutput {
  readonly isTTY: boolean
  readonly columns: number
}

export interface CommandSetUp {
  /** What is typed. */
  readonly name: string
  readonly version: string
  /** Default: of the process. */
  readonly stdout?: HelpOutput
  /** Default: of the process. */
  readonly stderr?: HelpOutput
}

/** Columns of a help text that goes elsewhere than to a terminal. */
const WIDTH_ELSEWHERE = 100

/** A command with what all have: `--help`, `--version`, help as wide as the terminal, and errors that are thrown. */
export function createCommand({
  name,
  version,
  stdout = process.stdout,
  stderr = process.stderr,
}: CommandSetUp): Command {
  const widthOf = ({ isTTY, columns }: HelpOutput): number => (isTTY ? columns : WIDTH_ELSEWHERE)
  return new Command(name)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'help, also of each command')
    .showHelpAfterError('(--help shows all options)')
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ getOutHelpWidth: () => widthOf(stdout), getErrHelpWidth: () => widthOf(stderr) })
}

/** An option that takes one of a few words. */
export function choice(
  flags: string,
  description: string,
  { of, otherwise }: { readonly of: readonly string[]; readonly otherwise?: string },
): Option {
  const option = new Option(flags, description).choices(of)
  return otherwise === undefined ? option : option.default(otherwise)
}

/** Command lines to copy, in front of a help text. */
export function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`
}

/** Runs a command line to its end. What is wrong with it is printed, and ends with 2; a defect of the program with 70. */
export async function runCommand(
  program: Pick<Command, 'parseAsync'>,
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has printed what it says.
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
    } else if (error instanceof UsageError) {
      process.stderr.write(`error: ${error.message}\n`)
      process.exitCode = EXIT.usage
    } else {
      // A defect of the program: its code must not read as the failure of what it looked at.
      process.stderr.write(`error: unexpected, please report it:\n${inspect(error)}\n`)
      process.exitCode = EXIT.internal
    }
  }
}
