import {
  EXIT,
  UsageError,
  choice,
  createCommand,
  endAtSignal,
  ignoreClosedPipes,
  wholeNumber,
} from '@hood-exports/command-line'
import { neutralise, neutraliseJson } from '@hood-exports/command-line/neutralise'
import type { Command } from 'commander'
import { FAULTS, parseFaults } from './fault.ts'
import type { FaultOption } from './faults.ts'
import { requestLine } from './journal.ts'
import type { RecordedRequest } from './journal.ts'
import { parseLimits } from './limit-option.ts'
import type { LimitOption } from './limit-option.ts'
import type { ProviderName } from './provider-name.ts'
import { checkHost } from './serve.ts'

export { readArrayFile } from './read-file.ts'

/** The options of both servers. */
export interface ServerFlags {
  port: number
  host: string
  limits: LimitOption
  faults: FaultOption
  control: 'on' | 'off'
  log?: 'on' | 'off'
  seed: number
  json?: true
}

export interface ServerCommandOptions {
  readonly provider: ProviderName
  readonly version: string
  readonly port: number
  readonly limits: 'on' | 'off'
}

/** The command that starts a server, with the options of both. */
export function serverCommand({ provider, version, port, limits }: ServerCommandOptions): Command {
  // A reader such as `| head` may have gone, and a log may fill the disk: requests are answered all the same.
  ignoreClosedPipes()
  return createCommand({ name: `hood-exports-${provider}`, version })
    .option('-p, --port <number>', '0 takes a free one', wholeNumber(0, 65_535), port)
    .option('--host <address>', 'the address to listen on', readHost, '127.0.0.1')
    .option('--limits <limits>', 'on, off, or windows such as 10/1s,150/60s[,parallel=4]', readLimits, limits)
    .option('--faults <faults>', 'on: X-Fault scripts a request; off; or faults of every request', readFaults, 'on')
    .addOption(
      choice('--control <state>', `whether test suites can script over /_${provider}/`, {
        of: ['on', 'off'],
        otherwise: 'off',
      }),
    )
    .addOption(choice('--log <state>', 'a line for each request (default: on at a terminal)', { of: ['on', 'off'] }))
    .option('--seed <number>', 'for chance and made-up data; the same seed gives the same', wholeNumber(0, 2 ** 31), 1)
    .option('--json', 'lines of JSON on stdout, for machines')
    .addHelpText(
      'after',
      `
Faults, several with commas, each with @10% for a share of the requests:
${FAULTS.map(([example, effect]) => `  ${example.padEnd(18)}${effect}`).join('\n')}

Exit codes: 1 it cannot start, such as on a port that is taken, 2 usage, 130 and 143 ended by a signal.`,
    )
}

/** What a server reports on standard output: facts with `--json`, else a text. */
export function print(json: true | undefined, facts: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(facts)}\n` : text)
}

/** The same in one line, which may hold what a caller has sent. */
export function printLine(json: true | undefined, facts: object, line: string): void {
  process.stdout.write(json === true ? `${neutraliseJson(JSON.stringify(facts))}\n` : `${neutralise(line)}\n`)
}

/** What prints a line for each request, where one is asked for: by default at a terminal. */
export function requestLog(
  json: true | undefined,
  log: 'on' | 'off' = process.stdout.isTTY ? 'on' : 'off',
): ((request: RecordedRequest) => void) | undefined {
  return log === 'off' ? undefined : (request) => printLine(json, { request }, requestLine(request))
}

export interface Started {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** Starts a server that a signal ends. Undefined when it cannot start: the reason is printed, and the exit code is 1. */
export async function startUntilSignal<Server extends Started>(
  start: () => Promise<Server>,
): Promise<Server | undefined> {
  try {
    const server = await start()
    // Only now: before this nothing is to be closed, and the default action of a signal works while data is being made.
    endAtSignal(() => server.close())
    return server
  } catch (error) {
    if (error instanceof UsageError) throw error
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = EXIT.failed
    return undefined
  }
}

function readHost(text: string): string {
  checked('', () => checkHost(text))
  return text
}

function readLimits(text: string): LimitOption {
  return checked('', () => parseLimits(text))
}

function readFaults(text: string): FaultOption {
  if (text !== 'on' && text !== 'off') checked('faults: ', () => parseFaults(text))
  return text
}

/** @param name The option, for a reader whose message does not begin with it. @throws UsageError */
export function checked<Value>(name: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`--${name}${(error as Error).message}`)
  }
}
