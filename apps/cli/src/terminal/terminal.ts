import type { ExportsClientOptions } from '@hood-exports/client'
import type { Output } from '@hood-exports/command-line'

/** Where tokens and ids come from. */
export interface Input extends AsyncIterable<string | Uint8Array> {
  readonly isTTY: boolean
  /** One line that is typed and not shown; `undefined` when it is given up. */
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
  /** The client's clock, for tests. Default: the system's. */
  readonly clock?: ExportsClientOptions['clock']
  /** The client's `fetch`, for tests. Default: the global one. */
  readonly fetch?: ExportsClientOptions['fetch']
}
