import { isExportsError } from '@hood-exports/client'
import type { AnyExportsError } from '@hood-exports/client'
import { UsageError } from '@hood-exports/command-line'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** What the command line itself refuses or cannot do; the client's failures are `ExportsError`s. */
export type CommandErrorKind =
  | 'auth'
  | 'profile'
  | 'gave-up'
  | 'check-failed'
  | 'folder'
  | 'locked'
  | 'exec'
  | 'unknown-outcome'

const EXIT_OF: Readonly<Record<CommandErrorKind, ExitCode>> = {
  auth: EXIT.auth,
  profile: EXIT.auth,
  'gave-up': EXIT.failed,
  'check-failed': EXIT.failed,
  folder: EXIT.failed,
  locked: EXIT.locked,
  exec: EXIT.failed,
  'unknown-outcome': EXIT.network,
}

/** One sentence for people, with the way out. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly kind: CommandErrorKind
  readonly exitCode: ExitCode

  constructor(
    kind: CommandErrorKind,
    message: string,
    { exitCode = EXIT_OF[kind], cause }: { exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.exitCode = exitCode
  }
}

/** Whether an error is one that is expected, of one export or of all; every other one is a bug. */
export function isExpected(error: unknown): error is AnyExportsError | CommandError | UsageError {
  return isExportsError(error) || error instanceof CommandError || error instanceof UsageError
}
