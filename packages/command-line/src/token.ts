import { UsageError } from './usage-error.ts'

/** Longer is no token but a file given by mistake. */
const LONGEST = 16_384

/**
 * A token without the line end that files, `echo` and editors add; `undefined` when there is none.
 *
 * @param from where it was given, for the error: the token itself is not repeated
 * @throws UsageError for what cannot be a header's value
 */
export function tokenFrom(text: string | undefined, from: string): string | undefined {
  const token = text?.trim()
  if (token === undefined || token === '') return undefined
  if (token.length > LONGEST) throw new UsageError(`${from} has more than ${LONGEST} characters: give the token alone`)
  if (/^[\x21-\x7e]+$/.test(token)) return token
  if (/^Bearer\s/i.test(token)) throw new UsageError(`${from} begins with "Bearer": give the token alone`)
  throw new UsageError(`${from} is no token: give visible ASCII characters without spaces or line breaks`)
}

/** The token on standard input; `undefined` when nothing came. @throws UsageError */
export async function readToken(input: AsyncIterable<string | Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of input) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    if (text.length > 2 * LONGEST) break
  }
  return tokenFrom(text, 'standard input')
}

/**
 * Every program on the machine can read the arguments of a process; what was given is not repeated.
 *
 * @param wayOut what to do instead
 * @throws UsageError
 */
export function refuseTokenIn(argv: readonly string[], wayOut: string): void {
  const end = argv.indexOf('--')
  if (!(end < 0 ? argv : argv.slice(0, end)).some((argument) => /^--token(?:=|$)/.test(argument))) return
  throw new UsageError(`A token on the command line can be read by every program on this machine: ${wayOut}`)
}
