import { CommandError } from './command-error.ts'
import type { Input } from './terminal/terminal.ts'
import { untilAborted } from './terminal/until-aborted.ts'

/** Longer is no token but a file given by mistake. */
const LONGEST = 16_384

/**
 * The token on standard input, without the line end that `echo` and editors add.
 * @throws CommandError `auth` when there is none.
 */
export async function readTokenFrom(stdin: Input, signal: AbortSignal): Promise<string> {
  const token = stdin.isTTY
    ? ((await stdin.readSecret('Token (it is not shown): ')) ?? '').trim()
    : await readAll(untilAborted(stdin, signal))
  if (token === '') throw new CommandError('auth', 'There is no token on standard input: pipe it in, or type it')
  return token
}

async function readAll(input: AsyncIterable<string | Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of input) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    if (text.length > LONGEST) {
      throw new CommandError(
        'auth',
        `More than ${LONGEST} characters on standard input are no token: pipe in the token alone`,
      )
    }
  }
  return text.trim()
}
