import { callback, checkOption, checkOptions, numberFrom, objectWith, oneOf, text, wholeFrom } from './check.ts'
import type { OptionRule } from './check.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { LIMITER_RULES } from './rate-limit/limiter-rules.ts'

const headers: OptionRule = (value) => {
  const rule = 'an object of header names and values, without Authorization (that is token)'
  try {
    return new Headers(value as HeadersInit).has('authorization') ? rule : undefined
  } catch {
    return rule
  }
}

/** The rules of {@link CallOptions}. */
export const CALL_RULES: Readonly<Record<keyof CallOptions, OptionRule>> = {
  signal: objectWith('addEventListener', 'an AbortSignal (give the signal of an AbortController)'),
  timeoutMs: numberFrom(1),
  deadlineMs: numberFrom(0),
  maxRetries: wholeFrom(0),
  priority: numberFrom(-Infinity),
  onResponse: callback,
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
  headers,
  onEvent: callback,
  aroundCall: callback,
  itemSchema: objectWith('~standard', 'a Standard Schema (zod, valibot, arktype …)'),
  clock: objectWith('setTimer', 'a clock'),
  random: callback,
}

/** The rules of `DownloadOptions`. */
export const DOWNLOAD_RULES: Readonly<Record<string, OptionRule>> = {
  ...CALL_RULES,
  idleTimeoutMs: numberFrom(1),
  onProgress: callback,
  onRestart: callback,
}

const LISTING_RULES = {
  ...CALL_RULES,
  where: callback,
  limit: wholeFrom(0),
  maxPages: wholeFrom(1),
  prefetch: oneOf('never', 'spare'),
  onIncomplete: oneOf('report', 'fail'),
  // It has a check of its own, `readCursor`.
  cursor: () => undefined,
}

const LOOK_RULES = { ...CALL_RULES, intervalMs: numberFrom(1), maxIntervalMs: numberFrom(1) }

const WAIT_RULES = {
  ...LOOK_RULES,
  // They have a check of their own, in `get`.
  fields: () => undefined,
}

const MAKE_RULES = {
  ...LOOK_RULES,
  key: text,
  retries: wholeFrom(0),
  settleMs: numberFrom(0),
  onProgress: callback,
}

export const callOptions = (options: object): void => checkOptions(options, CALL_RULES)
export const clientOptions = (options: object): void => checkOptions(options, CLIENT_RULES)
export const downloadOptions = (options: object): void => checkOptions(options, DOWNLOAD_RULES)
export const limiterOptions = (options: object): void => checkOptions(options, LIMITER_RULES)
export const listingOptions = (options: object): void => checkOptions(options, LISTING_RULES)
export const makeOptions = (options: object): void => checkOptions(options, MAKE_RULES)
export const limiter = (value: unknown): void => checkOption('limiter', value, CLIENT_RULES.limiter)

export function waitOptions(options: object, isDone: unknown): void {
  checkOptions(options, WAIT_RULES)
  checkOption('isDone', isDone, callback)
}
