import { ExportsError } from './errors.ts'
import type { ExportsErrorFacts } from './errors.ts'
import { show } from './show.ts'

/** An option that is refused: its name, its value, the rule that it breaks, and what is allowed. */
export function invalidOption(
  option: string,
  value: unknown,
  rule: string,
  allowed?: readonly string[],
): ExportsError<'invalid-options'> {
  return new ExportsError('invalid-options', refusal(option, value, rule, allowed), { option, rule, value, allowed })
}

/** As {@link invalidOption}, without the value: it may hold a secret. */
export function invalidSecret(
  option: string,
  rule: string,
  facts?: ExportsErrorFacts,
): ExportsError<'invalid-options'> {
  return new ExportsError('invalid-options', `${option} ${rule}`, { ...facts, option, rule })
}

/** As {@link invalidOption}, for a parameter of a query. */
export function invalidQuery(
  option: string,
  value: unknown,
  rule: string,
  allowed?: readonly string[],
): ExportsError<'invalid-query'> {
  return new ExportsError('invalid-query', refusal(option, value, rule, allowed), { option, rule, value, allowed })
}

function refusal(option: string, value: unknown, rule: string, allowed: readonly string[] | undefined): string {
  return `${option}: ${show(value)} ${rule}${allowed ? `. Allowed: ${allowed.join(', ')}` : ''}`
}

/** What a rejected `fetch` or body means when nothing has aborted it. */
export function networkFailure(cause: unknown): ExportsError<'network'> {
  return new ExportsError('network', `The API could not be reached, or the answer broke off: ${explain(cause)}`, {
    cause,
  })
}

export function aborted(cause: unknown): ExportsError<'aborted'> {
  return new ExportsError('aborted', 'The caller aborted', { cause })
}

export function pastDeadline(what: string = 'The call was not done', retryAfterMs?: number): ExportsError<'deadline'> {
  const message = `${what} by its deadline (raise deadlineMs to wait longer)`
  return new ExportsError('deadline', message, { option: 'deadlineMs', retryAfterMs })
}

/** @param what has not come in time */
export function timedOut(what: string, option: 'timeoutMs' | 'idleTimeoutMs'): ExportsError<'timeout'> {
  return new ExportsError('timeout', `${what} (raise ${option} to wait longer)`, { option })
}

/** @param waitMs that the API asked for and that are still to pass */
export function closedTooLong(waitMs: number): ExportsError<'rate-limited'> {
  const seconds = Math.ceil(waitMs / 1_000)
  const message = `Rate limited: the API asks to wait ${seconds} s, more than maxRetryAfterMs. Retry later, or raise it`
  return new ExportsError('rate-limited', message, { retryAfterMs: Math.ceil(waitMs), option: 'maxRetryAfterMs' })
}

export function queueFull(waiting: number, maxQueue: number): ExportsError<'queue-full'> {
  const message = `${waiting} calls wait already, and maxQueue is ${maxQueue}: call later`
  return new ExportsError('queue-full', message, { option: 'maxQueue', value: maxQueue })
}

/** Adds what is known of a call to an error that does not say it. */
export function addFacts(error: ExportsError, facts: ExportsErrorFacts): void {
  for (const [name, fact] of Object.entries(facts)) {
    if (fact !== undefined && !(name in error)) Object.assign(error, { [name]: fact })
  }
}

/** The innermost message and code: `fetch failed` alone explains nothing. */
function explain(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown }
  if (cause instanceof Error) return explain(cause)
  return [message ?? String(error), code && !message?.includes(code) && `(${code})`].filter(Boolean).join(' ')
}
