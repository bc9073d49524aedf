import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { ExportsClient } from '@hood-exports/client'
import { UsageError } from '@hood-exports/command-line'
import type { CommandContext } from './command-context.ts'
import { createProgressMeter } from './download-progress.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'

/**
 * Whether a path is something that bytes are poured into, such as a pipe or `/dev/null`.
 * @throws UsageError for a folder.
 */
export async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) throw new UsageError(`"${path}" is a folder: give it with -d`)
  return found !== undefined && !found.isFile()
}

// oxlint-disable-next-line no-control-regex -- what a terminal would obey
const OBEYED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Pours the file of an export into standard output (`-`), or into something else that is no file. */
export async function pour(
  context: CommandContext,
  client: ExportsClient,
  { id, output }: { readonly id: string; readonly output: string },
): Promise<ExitCode> {
  const { stdout } = context.terminal
  const isShown = output === '-' && stdout.isTTY
  const meter = createProgressMeter({ exports: 1 }, context.now)
  const download = await client.download(id, {
    signal: context.signal,
    idleTimeoutMs: context.flags.timeout,
    onProgress(progress) {
      meter.received(id, progress)
      if (!isShown) context.status.show(meter.text())
    },
  })
  if (output !== '-') {
    await pipeline(download.body, createWriteStream(output, { flags: 'r+' }), { signal: context.signal })
    return EXIT.ok
  }
  for await (const chunk of download.body) {
    if (isShown && OBEYED.test(Buffer.from(chunk).toString('latin1'))) {
      throw new UsageError(
        'The file holds bytes that a terminal would obey: pipe it somewhere, or save it with -o FILE',
      )
    }
    await context.print(chunk)
  }
  return EXIT.ok
}
