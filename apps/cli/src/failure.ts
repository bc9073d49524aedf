import { isExportsError } from '@hood-exports/client'
import type { CommandContext } from './command-context.ts'
import type { ExitCode } from './exit-code.ts'
import { formatError } from './format-error.ts'

/** What would fail for every other export too. */
const FATAL: readonly string[] = ['unauthorized', 'network', 'deadline', 'aborted', 'invalid-options']

/** Whether nothing would come of trying the next export. */
export function isFatal(error: unknown): boolean {
  return isExportsError(error) && FATAL.includes(error.kind)
}

/** A failure on stderr, while the run goes on. */
export async function tellFailure(context: CommandContext, error: unknown, id?: string): Promise<ExitCode> {
  const { stderr } = context.terminal
  const format = context.flags.json ? 'json' : 'text'
  const { text, exitCode } = formatError(error, { format, stderr, ...(id !== undefined && { id }) })
  await stderr.write(text)
  return exitCode
}
