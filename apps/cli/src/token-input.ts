import { readToken, tokenFrom } from '@hood-exports/command-line'
import { CommandError } from './command-error.ts'
import type { Input } from './terminal/terminal.ts'
import { untilAborted } from './terminal/until-aborted.ts'

/**
 * The token that is typed or piped in.
 * @throws CommandError `auth` when there is none; UsageError for what is no token.
 */
export async function readTokenFrom(stdin: Input, signal: AbortSignal): Promise<string> {
  const token = stdin.isTTY
    ? tokenFrom(await stdin.readSecret('Token (it is not shown): '), 'standard input')
    : await readToken(untilAborted(stdin, signal))
  if (token !== undefined) return token
  throw new CommandError('auth', 'There is no token on standard input: pipe it in, or type it')
}
