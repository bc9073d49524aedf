import { ORIGIN, PATHS } from '@hood-exports/openapi'
import type { ExportsErrorKind } from './errors.ts'
import type { OperationName } from './operation-name.ts'

/**
 * What `#texts` is on Node and in development: the ways out in the messages of errors. What a message says of the
 * failure itself stands where it is made.
 */
export { show } from './show.ts'

/** What follows a rule, or what an option says, in the message of an error. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  'cannot stand in a list': ': ask for it alone, in a request of its own',
  'has a comma': ', which the API takes for the end of a value in a list: ask for it alone',
  'holds credentials': ': give the token apart from it',
  'is empty': ': leave it out, or name at least one',
  'is not an http(s) URL': ` without query and fragment, such as ${ORIGIN}`,
  deadlineMs: ' (raise deadlineMs to wait longer)',
  timeoutMs: ' (raise timeoutMs to wait longer)',
  idleTimeoutMs: ' (raise idleTimeoutMs to wait longer)',
  maxRetryAfterMs: '. Retry later, or raise it',
  maxQueue: ': call later',
}

/** The way out of what breaks a rule or a limit; nothing where the rule says it. */
export function wayOut(about: string): string {
  return WAYS_OUT[about] ?? ''
}

const OF_KIND: Partial<Record<ExportsErrorKind, string>> = {
  'bad-request': 'check what was sent',
  unauthorized: 'check the token, and that it belongs to this base URL',
  'rate-limited': 'wait, or raise maxRetryAfterMs',
  server: 'try again later',
}

const ID = 'check the id, and that the token belongs to the account that has it'

/** The way out of a 404. */
const NOT_FOUND: Readonly<Record<OperationName, string>> = {
  list: `check the base URL, which ${PATHS.list} is appended to`,
  view: ID,
  download:
    'an export that is not ready or has expired may have no file: check its status and expire_time, then the id, and that the token belongs to the account that has it',
  retry: ID,
  exportQuickReport: 'check the id of the report, and that the token belongs to the account that has it',
  raw: 'check the base URL, the path and the id, and that the token belongs to the account that has it',
}

/** The way out of an unsuccessful answer. */
export function answerWayOut(kind: ExportsErrorKind, operation: OperationName, headers: Headers): string {
  const location = headers.get('location')
  const redirected = kind === 'unexpected-status' && location !== null ? redirection(location) : undefined
  const text = kind === 'not-found' ? NOT_FOUND[operation] : (redirected ?? OF_KIND[kind])
  return text ? ` (${text})` : ''
}

function redirection(location: string): string {
  const target = URL.canParse(location) ? new URL(location).origin : 'another place'
  return `a redirection to ${target}, not followed, because the token belongs to the base URL alone`
}

/** The way out of an answer that is not the API's. */
export const foreignAnswer = ' (is the base URL right, is a proxy in between?)'

/** What is wrong with a token, which is never shown. */
export function badToken(token: unknown): string {
  return `is ${whatIsWrong(token)}: give a personal API key, a string of visible ASCII characters without spaces`
}

function whatIsWrong(token: unknown): string {
  if (typeof token !== 'string') return token === null ? 'null' : `of type ${typeof token}`
  if (token === '') return 'empty'
  return /^bearer /i.test(token) ? 'given with "Bearer", which is added here' : 'not a header value'
}

/** Why a function gave no token; its error is not shown. */
export function failedToken(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error
  const article = /^[aeiou]/i.test(name) ? 'an' : 'a'
  return `is a function that failed with ${article} ${name}, left out here as it may hold the token (catch it in the function to see it)`
}
