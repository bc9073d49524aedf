import { ORIGIN } from '@hood-exports/openapi'
import type { Clock } from './clock.ts'
import { ExportsError } from './errors.ts'
import type { OnEvent } from './events.ts'
import type { RateLimiter } from './rate-limit/limiter.ts'
import { show } from './show.ts'
import type { TokenSource } from './token.ts'
import type { StandardSchema } from './standard-schema.ts'

export interface ExportsClientOptions {
  /** Bearer token, sent to the origin of `baseUrl` and nowhere else. */
  readonly token: TokenSource
  /** Where the API is, optionally with a path prefix. Default: the vendor's production origin. */
  readonly baseUrl?: string | undefined
  /** How requests are sent. Default: the global `fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Shared by everything that uses the same account in this process. Default: one of its own. */
  readonly limiter?: RateLimiter | undefined
  /** Milliseconds for one attempt, from sending to the end of a JSON body or to the head of a download. Default 30,000. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds for a whole call with its waits and retries. Default: none. */
  readonly deadlineMs?: number | undefined
  /** Retries of network failures, timeouts, and of 500, 502, 503 and 504; a 429 never counts. Whole; default 3. */
  readonly maxRetries?: number | undefined
  /** The longest `Retry-After` that is waited for, in milliseconds; above, the call fails at once. Default 120,000. */
  readonly maxRetryAfterMs?: number | undefined
  /** Told of everything that happens. */
  readonly onEvent?: OnEvent | undefined
  /** Checks each item that arrives, opt-in: any Standard Schema (zod, valibot, arktype …). Its output is not used. */
  readonly itemSchema?: StandardSchema | undefined
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined
  /** Chance, in [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Per call; each default is the client's. */
export interface CallOptions {
  /** Ends the call at once, whatever it is doing; it rejects with `aborted`, whose cause is the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for one attempt. */
  readonly timeoutMs?: number | undefined
  /** Milliseconds for the whole call; one that cannot leave in time fails at once and says when it could. */
  readonly deadlineMs?: number | undefined
  /** Retries after failures; a 429 never counts. */
  readonly maxRetries?: number | undefined
  /** Higher goes first among waiting calls. Default 0. */
  readonly priority?: number | undefined
}

/** What is wrong with an option's value, as what it should be instead; `undefined` when nothing is. */
export type OptionRule = (value: unknown) => string | undefined

export function numberFrom(minimum: number): OptionRule {
  return (value) => (typeof value === 'number' && value >= minimum ? undefined : `a number from ${minimum}`)
}

/** For counts. */
export function wholeFrom(minimum: number): OptionRule {
  return (value) =>
    value === Infinity || (Number.isInteger(value) && (value as number) >= minimum)
      ? undefined
      : `a whole number from ${minimum}, or Infinity`
}

export function oneOf(...words: readonly string[]): OptionRule {
  return (value) => (words.includes(value as string) ? undefined : `one of ${words.join(', ')}`)
}

export const text: OptionRule = (value) => (typeof value === 'string' ? undefined : 'a string')

export const callback: OptionRule = (value) => (typeof value === 'function' ? undefined : 'a function')

export function objectWith(member: string, name: string): OptionRule {
  return (value) => ((value as never)?.[member] === undefined ? name : undefined)
}

/** The rules of {@link CallOptions}. */
export const CALL_RULES: Readonly<Record<keyof CallOptions, OptionRule>> = {
  signal: objectWith('addEventListener', 'an AbortSignal (give the signal of an AbortController)'),
  timeoutMs: numberFrom(1),
  deadlineMs: numberFrom(0),
  maxRetries: wholeFrom(0),
  priority: numberFrom(-Infinity),
}

/** The rules of {@link ExportsClientOptions}. */
export const CLIENT_RULES: Readonly<Record<keyof ExportsClientOptions, OptionRule>> = {
  // These two have checks of their own, `bearer` and `checkBaseUrl`.
  token: () => undefined,
  baseUrl: () => undefined,
  fetch: callback,
  limiter: objectWith('acquire', 'a limiter, made by createRateLimiter'),
  timeoutMs: CALL_RULES.timeoutMs,
  deadlineMs: CALL_RULES.deadlineMs,
  maxRetries: CALL_RULES.maxRetries,
  maxRetryAfterMs: numberFrom(0),
  onEvent: callback,
  itemSchema: objectWith('~standard', 'a Standard Schema (zod, valibot, arktype …)'),
  clock: objectWith('setTimer', 'a clock'),
  random: callback,
}

/**
 * Checks options, whatever their type says: who writes JavaScript learns of `timeout` that it is called `timeoutMs`.
 * @throws ExportsError `invalid-options` that names the option, its value and the rule.
 */
export function checkOptions(options: object, rules: Readonly<Record<string, OptionRule>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    // Not repeated: who gives a string as options may have given the token.
    const found = options === null ? 'null' : Array.isArray(options) ? 'an array' : `of type ${typeof options}`
    throw new ExportsError('invalid-options', `options is ${found}: give an object of ${Object.keys(rules).join(', ')}`)
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = rules[name]
    const allowed = Object.keys(rules)
    if (!rule) {
      throw new ExportsError('invalid-options', `"${name}" is not an option. Allowed: ${allowed.join(', ')}`, {
        value: name,
        allowed,
      })
    }
    if (value !== undefined) checkOption(name, value, rule)
  }
}

/**
 * Checks one option, that must be there.
 * @throws ExportsError `invalid-options` that names the option, its value and the rule.
 */
export function checkOption(name: string, value: unknown, rule: OptionRule): void {
  const expected = rule(value)
  if (expected) throw new ExportsError('invalid-options', `${name}: ${show(value)} is not ${expected}`, { value })
}

/**
 * The answer of a predicate.
 * @throws ExportsError `invalid-options` when it is a promise, which would always count as yes.
 */
export function atOnce(name: string, answer: unknown): boolean {
  if (typeof (answer as PromiseLike<unknown> | undefined)?.then !== 'function') return Boolean(answer)
  throw new ExportsError('invalid-options', `${name} gave a promise: give a function that says yes or no at once`)
}

/**
 * The base of every request, without a trailing slash.
 * @throws ExportsError `invalid-options` unless it is an http(s) URL without credentials, query and fragment.
 */
export function checkBaseUrl(baseUrl: string = ORIGIN): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  // Credentials are not repeated in the message.
  if (url && (url.username || url.password)) {
    throw new ExportsError('invalid-options', 'baseUrl holds credentials: give the token as `token` instead')
  }
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new ExportsError(
      'invalid-options',
      `baseUrl: ${show(baseUrl)} is not an http(s) URL without query and fragment, such as ${ORIGIN}`,
      { value: baseUrl },
    )
  }
  return url.href.replace(/\/+$/, '')
}
