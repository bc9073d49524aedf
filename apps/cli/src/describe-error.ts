import { isExportsError } from '@hood-exports/client'
import type { AnyExportsError } from '@hood-exports/client'
import { CommanderError } from 'commander'
import { UsageError, formatDuration, nearest } from '@hood-exports/command-line'
import { CommandError } from './command-error.ts'
import { EXIT, EXIT_OF_KIND } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { diagnose } from './network-diagnosis.ts'
import { quoted } from './unknown-outcome.ts'

/** A failure, for people and for machines. */
export interface Description {
  readonly exitCode: ExitCode
  /** One sentence with the way out. */
  readonly message: string
  /** The same for `--json`: facts that are not known are left out. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** What went wrong, in the words of the command line. */
export function describeError(error: unknown): Description {
  if (error instanceof CommandError) {
    const { cause, exitCode, kind, message } = error
    return isExportsError(cause)
      ? describe(exitCode, kind, inFlags(message, cause), factsOf(cause))
      : describe(exitCode, kind, message)
  }
  if (error instanceof UsageError) return describe(EXIT.usage, 'usage', error.message)
  if (error instanceof CommanderError) return describe(EXIT.usage, 'usage', usage(error.message))
  if (isExportsError(error)) return ofClient(error)
  if (isOfOutput(error)) return describe(EXIT.failed, 'output', `Standard output cannot be written: ${error.message}`)
  const message = error instanceof Error ? error.message : String(error)
  return describe(EXIT.failed, 'bug', `Unexpected error: ${message}. Please report it`)
}

/** A full disk behind `> file`, for example. Files of exports fail in words of their own. */
function isOfOutput(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write'
}

function describe(exitCode: ExitCode, kind: string, message: string, facts: object = {}): Description {
  return { exitCode, message, facts: { kind, message, exitCode, ...facts } }
}

function ofClient(error: AnyExportsError): Description {
  const { kind, traceId, allowed, value, key } = error
  const message = kind === 'network' ? (diagnose(error)?.message ?? error.message) : error.message
  const meant = allowed && typeof value === 'string' ? nearest(value, allowed) : undefined
  const hint = meant === undefined ? '' : ` (did you mean ${meant}?)`
  const trace = traceId && kind === 'server' ? ` (trace ${traceId})` : ''
  const again = key === undefined || NOTHING_MADE.includes(kind) ? '' : ` (--key ${quoted(key)} goes on with it)`
  return describe(EXIT_OF_KIND[kind], kind, `${inFlags(message, error)}${hint}${trace}${again}`, factsOf(error))
}

/** After these, no export was made that could be gone on with. */
const NOTHING_MADE: readonly string[] = ['invalid-options', 'invalid-query', 'bad-request', 'unauthorized', 'not-found']

/** What is known, for machines. */
function factsOf(error: AnyExportsError): object {
  const { operation, status, code, title, detail, traceId, attempts, url, path, retryAfterMs, outcome, key, allowed } =
    error
  const facts = {
    operation,
    status,
    code,
    title,
    detail,
    traceId,
    attempts,
    url,
    path,
    retryAfterMs,
    outcome,
    key,
    allowed,
  }
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined))
}

/** commander's own: `error: unknown option '--foo'\n(Did you mean --fo?)`. */
function usage(message: string): string {
  const said = message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`
}

/** What the options of the client are called on a command line. */
const FLAG: Readonly<Record<string, string>> = {
  fields: '--fields',
  sort: '--sort',
  qFields: '--search-fields',
  pageSize: '--page-size',
  timeoutMs: '--timeout',
  idleTimeoutMs: '--timeout',
  deadlineMs: '--deadline',
  retries: '--retries',
  name: '--name',
  out: '--out',
  precision: '--precision',
  key: '--key',
  path: '--path',
  fileName: '-o',
  destination: '<directory>',
}

/** A message about a failure of the client, in which its option is a flag. */
function inFlags(message: string, { kind, option, code, path, retryAfterMs }: AnyExportsError): string {
  if (kind === 'file' && code === 'EEXIST') {
    return `"${path}" exists already: pass --if-exists overwrite, rename or skip, or another name with -o`
  }
  if (kind === 'rate-limited') {
    const wait = retryAfterMs === undefined ? 'wait' : `wait ${formatDuration(retryAfterMs)}`
    return `The quota of the account is used up: ${wait}, then try again`
  }
  if (option === undefined) return message
  const [, column] = /^filters\.(.+)$/.exec(option) ?? []
  return message.replace(option, column === undefined ? (FLAG[option] ?? option) : `--filter ${column}`)
}
