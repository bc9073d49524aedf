import type { Output } from '@hood-exports/command-line'
import { fitMessage, neutraliseJson, paint } from '@hood-exports/command-line/terminal'
import { describeError } from './describe-error.ts'
import type { ExitCode } from './exit-code.ts'

export interface ErrorFormat {
  readonly format: 'text' | 'json'
  readonly stderr: Pick<Output, 'colour' | 'columns'>
  /** Which of several exports failed. */
  readonly id?: string
}

/** A failure as a line for stderr: a sentence for people, or `{"error": …}` for machines. */
export function formatError(error: unknown, { format, stderr, id }: ErrorFormat): { text: string; exitCode: ExitCode } {
  const { message, facts, exitCode } = describeError(error)
  if (format === 'json') {
    return {
      text: `${neutraliseJson(JSON.stringify({ error: id === undefined ? facts : { id, ...facts } }))}\n`,
      exitCode,
    }
  }
  const said = id === undefined ? message : `${id}: ${message}`
  return { text: `${paint(stderr, 'red', 'error:')} ${fitMessage(said, stderr, 'error:')}\n`, exitCode }
}
