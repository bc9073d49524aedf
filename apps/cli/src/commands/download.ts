import { basename, dirname } from 'node:path'
import { isExportsError } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import { saveExport } from '@hood-exports/client/node'
import type { SaveOptions, SavedExport } from '@hood-exports/client/node'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { createProgressMeter } from '../download-progress.ts'
import type { ProgressMeter } from '../download-progress.ts'
import { targetsOf } from '../download-targets.ts'
import type { Target } from '../download-targets.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { formatError } from '../format-error.ts'
import { counted, formatBytes } from '../format/quantity.ts'
import { isStream, pour } from '../pour-download.ts'
import { neutralise, neutraliseJson } from '../terminal/neutralise.ts'
import { untilAborted } from '../terminal/until-aborted.ts'

export interface DownloadFlags {
  /** A file, or `-`. */
  readonly o?: string
  /** A directory. */
  readonly d?: string
  readonly ifExists: NonNullable<SaveOptions['ifExists']>
  readonly sizeMismatch: 'warn' | 'fail'
  readonly concurrency: number
}

/** What would fail for every other export too. */
const FATAL: readonly string[] = ['unauthorized', 'network', 'deadline', 'aborted', 'invalid-options']

export async function runDownload(
  context: CommandContext,
  ids: readonly string[],
  flags: DownloadFlags,
): Promise<ExitCode> {
  const { stdin } = context.terminal
  const isListed = ids.includes('-')
  if (isListed && context.flags.tokenStdin) {
    throw new CommandError(
      'usage',
      'Ids and the token cannot both come from standard input: set HOOD_TOKEN for the token',
    )
  }
  for (const [flag, path] of [
    ['-o', flags.o],
    ['-d', flags.d],
  ] as const) {
    if (path === '') throw new CommandError('usage', `${flag} has no name after it: give one, or leave ${flag} out`)
  }
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const targets = targetsOf(ids, untilAborted(stdin, signal))
  const client = await context.connect()
  if (flags.o !== undefined) {
    const [id] = ids
    if (ids.length > 1 || id === undefined || id === '-') {
      throw new CommandError('usage', '-o takes one export: give a folder with -d for several')
    }
    if (flags.o === '-' || (await isStream(flags.o))) return pour(context, client, { id, output: flags.o })
  }
  if (isListed && stdin.isTTY) await context.note('Type ids, one a line; Ctrl-D ends.')
  const total = isListed ? undefined : new Set(ids).size
  return saveAll(context, client, { targets, total, stop, flags })
}

interface Several {
  readonly targets: AsyncGenerator<Target, void, undefined>
  /** How many there are; `undefined` when they are still being told. */
  readonly total: number | undefined
  /** Ends the reading of more. */
  readonly stop: AbortController
  readonly flags: DownloadFlags
}

/** Tallies of a run. */
interface Outcome {
  saved: number
  bytes: number
  readonly failures: ExitCode[]
}

async function saveAll(
  context: CommandContext,
  client: ExportsClient,
  { targets, total, stop, flags }: Several,
): Promise<ExitCode> {
  const meter = createProgressMeter(total, context.now)
  const outcome: Outcome = { saved: 0, bytes: 0, failures: [] }
  const work = async (): Promise<void> => {
    for await (const target of targets) {
      await saveOne(context, client, target, { flags, meter, outcome, stop, isAlone: total === 1 })
      if (stop.signal.aborted) return
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(flags.concurrency, total ?? Infinity) }, work))
  context.signal.throwIfAborted()
  const broken = workers.find((worker) => worker.status === 'rejected')
  if (broken && !stop.signal.aborted) throw broken.reason
  const { saved, bytes, failures } = outcome
  const left = total === undefined ? 0 : total - saved - failures.length
  if (saved > 0 && (total !== 1 || failures.length > 0)) {
    await context.note(`${counted(saved, 'export')} saved, ${formatBytes(bytes)}.`)
  }
  if (left > 0) await context.warn(`${counted(left, 'export')} not tried: nothing else would have come of it.`)
  return exitCodeOf(outcome)
}

function exitCodeOf({ saved, failures }: Outcome): ExitCode {
  const [first] = failures
  if (first === undefined) return EXIT.ok
  if (saved > 0) return EXIT.partly
  return failures.every((code) => code === first) ? first : EXIT.failed
}

interface One {
  readonly flags: DownloadFlags
  readonly meter: ProgressMeter
  readonly outcome: Outcome
  readonly stop: AbortController
  readonly isAlone: boolean
}

async function saveOne(context: CommandContext, client: ExportsClient, target: Target, one: One): Promise<void> {
  const { flags, meter, outcome, stop, isAlone } = one
  const id = target.kind === 'export' ? target.id : ''
  try {
    if (target.kind === 'bad-line') throw target.error
    const saved = await saveExport(client, target.target, {
      ...(flags.o === undefined
        ? { directory: flags.d }
        : { directory: dirname(flags.o), fileName: basename(flags.o) }),
      ifExists: flags.ifExists,
      onSizeMismatch: flags.sizeMismatch === 'fail' ? 'fail' : 'report',
      signal: context.signal,
      onProgress(progress) {
        meter.received(id, progress)
        context.status.show(meter.text())
      },
    })
    outcome.saved += 1
    outcome.bytes += saved.bytes
    await tell(context, saved)
  } catch (error) {
    if (context.signal.aborted || !(isExportsError(error) || error instanceof CommandError) || isAlone) throw error
    if (isExportsError(error) && FATAL.includes(error.kind)) stop.abort()
    const { stderr } = context.terminal
    const format = context.flags.json ? 'json' : 'text'
    const { text, exitCode } = formatError(error, { format, stderr, ...(id && { id }) })
    outcome.failures.push(exitCode)
    await stderr.write(text)
  } finally {
    meter.ended(id)
  }
}

/** Where the file is, as data. */
async function tell(context: CommandContext, saved: SavedExport): Promise<void> {
  const { id, path, bytes, sizeCheck } = saved
  if (sizeCheck === 'differs') {
    await context.warn(`${id} has ${formatBytes(bytes)}, which is not the size that the API announced.`)
  }
  const text = context.flags.json ? neutraliseJson(JSON.stringify(saved)) : path
  await context.print(`${context.terminal.stdout.isTTY ? neutralise(text) : text}\n`)
}
