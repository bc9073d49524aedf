import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { ExitCode } from '../exit-code.ts'

/** Options of `sync`. */
export interface SyncFlags {
  /** Conditions that an export must meet, all of them; see `parseWhere`. */
  readonly where?: readonly string[]
  /** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, GMT. */
  readonly since?: string
  /** Milliseconds between looks; `true`: as the quota allows. */
  readonly watch?: number | true
  readonly deleteExpired: 'no' | 'yes'
  readonly dryRun?: true
  readonly redis?: string
  /** Downloads at once. */
  readonly concurrency?: number
}

export async function runSync(_context: CommandContext, _directory: string, _options: SyncFlags): Promise<ExitCode> {
  throw new CommandError('usage', 'sync is not part of this build yet')
}
