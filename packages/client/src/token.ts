import { abortable } from './abortable.ts'
import type { Clock, Timer } from './clock.ts'
import { invalidSecret, timedOut } from './failures.ts'

export type TokenFunction = () => string | Promise<string>

/** A token, or where to get one; asked again before each attempt, so it may rotate. */
export type TokenSource = string | TokenFunction

interface Limits {
  readonly signal: AbortSignal | undefined
  readonly clock: Clock
  /** Milliseconds that the function may take. */
  readonly timeoutMs: number
}

/**
 * The `Authorization` value from a function, that may be slow, fail, or hold the token in its error.
 * @throws ExportsError `invalid-options`, `timeout`; the signal's reason.
 */
export async function askForToken(token: TokenFunction, { signal, clock, timeoutMs }: Limits): Promise<string> {
  const given = (async () => token())().catch(withoutSecret)
  let timer: Timer | undefined
  const late = new Promise<never>((_, reject) => {
    const what = `The function of token gave nothing within ${timeoutMs} ms`
    timer = clock.setTimer(() => reject(timedOut(what, 'timeoutMs')), timeoutMs)
  })
  try {
    return bearer(await Promise.race([signal ? abortable(given, signal) : given, late]))
  } finally {
    timer?.cancel()
  }
}

/** Neither the message nor the error itself is kept: they could hold the token. */
function withoutSecret(error: unknown): never {
  const name = error instanceof Error ? error.name : typeof error
  const article = /^[aeiou]/i.test(name) ? 'an' : 'a'
  const rule = `is a function that failed with ${article} ${name}, left out here as it may hold the token (catch it in the function to see it)`
  throw invalidSecret('token', rule)
}

/**
 * The `Authorization` value. Never names the token, not even in an error.
 * @throws ExportsError `invalid-options` when it is empty or holds what a header cannot.
 */
export function bearer(token: unknown): string {
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    const rule = `is ${whatIsWrong(token)}: give a personal API key, a string of visible ASCII characters without spaces`
    throw invalidSecret('token', rule)
  }
  return `Bearer ${token}`
}

function whatIsWrong(token: unknown): string {
  if (typeof token !== 'string') return token === null ? 'null' : `of type ${typeof token}`
  if (token === '') return 'empty'
  return /^bearer /i.test(token) ? 'given with "Bearer", which is added here' : 'not a header value'
}
