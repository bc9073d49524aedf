import * as texts from '#texts'
import { abortable } from './abortable.ts'
import type { Clock, Timer } from './clock.ts'
import { invalidSecret, timedOut } from './failures.ts'
import type { Scope } from './scope.ts'

/** A token, or where to get one; asked again before each attempt, so it may rotate. */
export type TokenSource = string | (() => string | Promise<string>)

/** In this time a function that remembers its token has noticed that it has ended. */
const RENEWAL_MS = 1_000

export interface AuthorizeOptions {
  readonly scope: Scope
  readonly clock: Clock
  /** Milliseconds that the function of `token` may take. */
  readonly timeoutMs: number
  /** What the API has just refused. */
  readonly refused: string | undefined
}

/** Gives the `Authorization` value of an attempt. */
export type Authorizer = (options: AuthorizeOptions) => string | Promise<string>

/**
 * The `Authorization` value of each attempt: at once for a fixed token. A function is asked each time; after a 401 it is
 * asked for another one, which a function that remembers gives a little later.
 * @throws ExportsError `invalid-options`, `timeout`; the reason of the scope's signal.
 */
export function createAuthorizer(token: TokenSource): Authorizer {
  if (typeof token !== 'function') {
    const fixed = bearer(token)
    return () => fixed
  }

  /** It may be slow, fail, or hold the token in its error. */
  async function ask({ scope: { signal }, clock, timeoutMs }: AuthorizeOptions): Promise<string> {
    const given = (async () => (token as () => string | Promise<string>)())().catch((error: unknown) => {
      // Neither the message nor the error itself is kept: they could hold the token.
      throw invalidSecret('token', texts.failedToken(error))
    })
    let timer: Timer | undefined
    const late = new Promise<never>((_, reject) => {
      const what = `The function of token gave nothing within ${timeoutMs} ms`
      timer = clock.setTimer(() => reject(timedOut(what)), timeoutMs)
    })
    try {
      return bearer(await Promise.race([signal ? abortable(given, signal) : given, late]))
    } finally {
      timer?.cancel()
    }
  }

  return async (options) => {
    const given = await ask(options)
    if (given !== options.refused) return given
    await options.scope.pause(RENEWAL_MS)
    return ask(options)
  }
}

/**
 * The `Authorization` value. Never names the token, not even in an error.
 * @throws ExportsError `invalid-options` when it is empty or holds what a header cannot.
 */
function bearer(token: unknown): string {
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`
  throw invalidSecret('token', texts.badToken(token))
}
