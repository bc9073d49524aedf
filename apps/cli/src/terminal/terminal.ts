import type { ExportsClientOptions } from '@hood-exports/client'
import type { Output } from '@hood-exports/command-line'

/** Where tokens and ids come from. */
export interface Input extends AsyncIterable<string | Uint8Array> {
  readonly isTTY: boolean
  /** One line that a person types and nobody sees; `undefined` when they give up. */
  readSecret(prompt: string): Promise<string | undefined>
}

/** Everything that a command has of the machine it runs on. */
export interface Terminal {
  readonly stdin: Input
  /** Data, and nothing else. */
  readonly stdout: Output
  /** Everything for people: notes, progress, errors. */
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal
  /** Of the client, for tests. Default: the system's. */
  readonly clock?: ExportsClientOptions['clock']
  /** Of the client, for tests. Default: the global `fetch`. */
  readonly fetch?: ExportsClientOptions['fetch']
}
