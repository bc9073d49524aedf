import { UsageError } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { openTargets } from '../download-targets.ts'
import type { ExitCode } from '../exit-code.ts'
import { isStream, pour } from '../pour-download.ts'
import { checkPaths, saveExports } from '../save-exports.ts'
import type { SaveFlags } from '../save-exports.ts'

export interface DownloadFlags extends SaveFlags {
  /** Files at once. */
  readonly concurrency: number
}

export async function runDownload(
  context: CommandContext,
  ids: readonly string[],
  flags: DownloadFlags,
): Promise<ExitCode> {
  checkPaths(flags)
  const several = await openTargets(context, ids)
  const client = await context.connect()
  if (flags.o !== undefined) {
    const [id] = ids
    if (ids.length > 1 || id === undefined || id === '-') {
      throw new UsageError('-o takes one export: give a folder with -d for several')
    }
    if (flags.o === '-' || (await isStream(flags.o))) return pour(context, client, { id, output: flags.o })
  }
  return saveExports(context, client, { ...several, concurrency: flags.concurrency, flags })
}
