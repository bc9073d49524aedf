import { isExportsError } from '@hood-exports/client'
import type { CommandContext } from './command-context.ts'
import type { ExitCode } from './exit-code.ts'
import { errorFormatOf, formatError } from './format-error.ts'

/** What would fail for every other export too. */
const FATAL: readonly string[] = ['unauthorized', 'network', 'deadline', 'aborted', 'invalid-options']

/** Whether nothing would come of trying the next export. */
export function isFatal(error: unknown): boolean {
  return isExportsError(error) && FATAL.includes(error.kind)
}

/** A failure on stderr, while the run goes on. */
export async function reportFailure(context: CommandContext, error: unknown, id?: string): Promise<ExitCode> {
  const { stderr } = context.terminal
  const { json, log } = context.flags
  const format = errorFormatOf(json === true, log === 'json')
  const { text, exitCode } = formatError(error, {
    format,
    stderr,
    atMs: context.wallNow(),
    ...(id !== undefined && { id }),
  })
  await stderr.write(text)
  return exitCode
}
