import * as texts from '#texts'
import { ExportsError } from './errors.ts'
import type { ExportsErrorKind } from './errors.ts'

type Refusal<Kind extends ExportsErrorKind> = (
  option: string,
  value: unknown,
  rule: string,
  allowed?: readonly string[],
) => ExportsError<Kind>

/** An option that is refused: its name, its value, the rule that it breaks, and what is allowed. */
export const invalidOption: Refusal<'invalid-options'> = /* @__PURE__ */ refusal('invalid-options')

/** As {@link invalidOption}, for a parameter of a query. */
export const invalidQuery: Refusal<'invalid-query'> = /* @__PURE__ */ refusal('invalid-query')

function refusal<Kind extends 'invalid-options' | 'invalid-query'>(kind: Kind): Refusal<Kind> {
  return (option, value, shortRule, allowed) => {
    const rule = shortRule + texts.wayOut(shortRule)
    const list = allowed ? `. Allowed: ${allowed.join(', ')}` : ''
    const facts = { option, rule, value, allowed }
    return new ExportsError<ExportsErrorKind>(
      kind,
      `${option}: ${texts.show(value)} ${rule}${list}`,
      facts,
    ) as ExportsError<Kind>
  }
}

/** As {@link invalidOption}, without the value: it may hold a secret. */
export function invalidSecret(option: string, shortRule: string): ExportsError<'invalid-options'> {
  const rule = shortRule + texts.wayOut(shortRule)
  return new ExportsError('invalid-options', `${option} ${rule}`, { option, rule })
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
  const option = 'deadlineMs'
  return new ExportsError('deadline', `${what} by its deadline${texts.wayOut(option)}`, { option, retryAfterMs })
}

/** @param what has not come in time */
export function timedOut(what: string, option: 'timeoutMs' | 'idleTimeoutMs' = 'timeoutMs'): ExportsError<'timeout'> {
  return new ExportsError('timeout', what + texts.wayOut(option), { option })
}

/** @param waitMs that the API asked for and that are still to pass */
export function closedTooLong(waitMs: number): ExportsError<'rate-limited'> {
  const option = 'maxRetryAfterMs'
  const message = `Rate limited: the API asks to wait ${Math.ceil(waitMs / 1_000)} s, more than ${option}`
  return new ExportsError('rate-limited', message + texts.wayOut(option), { retryAfterMs: Math.ceil(waitMs), option })
}

export function queueFull(waiting: number, maxQueue: number): ExportsError<'queue-full'> {
  const option = 'maxQueue'
  const message = `${waiting} calls wait already, and ${option} is ${maxQueue}${texts.wayOut(option)}`
  return new ExportsError('queue-full', message, { option, value: maxQueue })
}

/** The innermost message and code: `fetch failed` alone explains nothing. */
function explain(error: unknown): string {
  const { message, code, cause } = error as { message?: string; code?: string; cause?: unknown }
  if (cause instanceof Error) return explain(cause)
  return [message ?? String(error), code && !message?.includes(code) && `(${code})`].filter(Boolean).join(' ')
}
