import type { ExportsClient, ExportsClientOptions } from '@hood-exports/client'
import type { StatusLine } from '@hood-exports/command-line/terminal'
import type { LogLevel } from './log-line.ts'
import type { Terminal } from './terminal/terminal.ts'

/** Options that every command takes. */
export interface GlobalFlags {
  /** Replaces the base URL of the environment and of the profile. */
  readonly baseUrl?: string
  /** A profile other than `default`. */
  readonly profile?: string
  /** Read the token from standard input. */
  readonly tokenStdin?: true
  /** JSON for machines: data on stdout, errors on stderr. */
  readonly json?: true
  /** How stderr is written: for people, or as a line of JSON for each thing that happens. */
  readonly log?: 'text' | 'json'
  /** No notes and no progress. */
  readonly quiet?: true
  /** Report each request on stderr. */
  readonly verbose?: true
  /** The quota of the account; as answers say when it is not given. */
  readonly tier?: 'A' | 'B' | 'C' | 'D' | 'E'
  /** With whom the quota is shared. */
  readonly quota?: 'machine' | 'own'
  /** Milliseconds for the whole command. */
  readonly deadline?: number
  /** Milliseconds for one answer. */
  readonly timeout?: number
}

/** What happened, and what is known of it. */
export interface LogFacts {
  readonly event: string
  readonly [fact: string]: unknown
}

/** What is called, and with which token. */
export interface Connection {
  readonly baseUrl: string
  readonly baseUrlFrom: string
  readonly token: string
  readonly tokenFrom: string
}

export interface ConnectOptions extends Pick<ExportsClientOptions, 'limiter' | 'onEvent' | 'maxRetries'> {
  readonly connection?: Pick<Connection, 'baseUrl' | 'token'>
}

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly flags: GlobalFlags
  /**
   * Aborts at Ctrl-C, and when the output is closed. Give it to every call.
   */
  readonly signal: AbortSignal
  /**
   * Where to send, and the token.
   * @throws CommandError `auth` when there is no token; `profile` when its file cannot be trusted.
   */
  connection(): Promise<Connection>
  /** A client of that connection, or of the one that is given. `--deadline`, `--timeout` and `--verbose` are in it. */
  connect(options?: ConnectOptions): Promise<ExportsClient>
  /** Reports to other commands what has ended, so that none waits for it. */
  close(): Promise<void>
  /** Milliseconds that `--deadline` leaves; `undefined` without it. */
  remainingMs(): number | undefined
  /** Milliseconds from an arbitrary moment, on the clock of the client. */
  now(): number
  /** Milliseconds since the epoch, on the same clock. */
  wallNow(): number
  /** Writes data to stdout, and takes the status line away before. Resolves when there is room for more. */
  print(data: string | Uint8Array): Promise<void>
  /** How far things are, for people who look on; nothing with `--quiet`, `--json`, or when stderr is no terminal. */
  readonly status: StatusLine
  /** One line for people on stderr; nothing with `--quiet`, `--json`, or when stderr is no terminal. */
  note(text: string): Promise<void>
  /** One line for people on stderr, that they have asked for; in pipes and with `--quiet` as well. */
  say(text: string): Promise<void>
  /** One line of `--log json`; nothing without it. `info`, the default, is left out with `--quiet`. */
  log(facts: LogFacts, level?: LogLevel): Promise<void>
  /** One line for people on stderr, that something is not as it should be; also with `--quiet`. */
  warn(text: string): Promise<void>
}
