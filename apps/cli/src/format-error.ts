import type { Output } from '@hood-exports/command-line'
import { fitMessage, neutraliseJson, paint } from '@hood-exports/command-line/terminal'
import { describeError } from './describe-error.ts'
import type { ExitCode } from './exit-code.ts'
import { logLine } from './log-line.ts'

export interface ErrorFormat {
  /** `text` for people; `json` for machines; `log` as a line of `--log json`. */
  readonly format: 'text' | 'json' | 'log'
  readonly stderr: Pick<Output, 'colour' | 'columns'>
  /** Which of several exports failed. */
  readonly id?: string
  /** Milliseconds since the epoch, for a log. */
  readonly atMs: number
}

/** How failures are written. */
export function errorFormatOf(isJson: boolean, isLogged: boolean): ErrorFormat['format'] {
  return isLogged ? 'log' : isJson ? 'json' : 'text'
}

/** A failure as a line for stderr: a sentence for people, or `{"error": …}` for machines. */
export function formatError(
  error: unknown,
  { format, stderr, id, atMs }: ErrorFormat,
): { text: string; exitCode: ExitCode } {
  const { message, facts, exitCode } = describeError(error)
  const known = id === undefined ? facts : { id, ...facts }
  if (format === 'log') return { text: logLine('error', { event: 'failed', ...known }, atMs), exitCode }
  if (format === 'json') return { text: `${neutraliseJson(JSON.stringify({ error: known }))}\n`, exitCode }
  const said = id === undefined ? message : `${id}: ${message}`
  return { text: `${paint(stderr, 'red', 'error:')} ${fitMessage(said, stderr, 'error:')}\n`, exitCode }
}
