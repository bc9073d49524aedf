import type { CommandContext } from '../command-context.ts'
import type { ExitCode } from '../exit-code.ts'

/** Runs the body of a command. Bodies are imported here, when they are used: start-up pays for none of them. */
export type Start = (body: (context: CommandContext) => Promise<ExitCode>) => Promise<void>

/** Examples, in front of a help text. */
export function examples(...lines: readonly string[]): string {
  return `Examples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`
}
