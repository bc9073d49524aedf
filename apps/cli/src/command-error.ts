import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/** What the command line itself refuses or cannot do; the client's failures are `ExportsError`s. */
export type CommandErrorKind =
  | 'usage'
  | 'auth'
  | 'profile'
  | 'partly-done'
  | 'gave-up'
  | 'check-failed'
  | 'folder'
  | 'locked'
  | 'unknown-outcome'

const EXIT_OF: Readonly<Record<CommandErrorKind, ExitCode>> = {
  usage: EXIT.usage,
  auth: EXIT.auth,
  profile: EXIT.auth,
  'partly-done': EXIT.partly,
  'gave-up': EXIT.failed,
  'check-failed': EXIT.failed,
  folder: EXIT.failed,
  locked: EXIT.failed,
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
