import { basename, dirname, resolve } from 'node:path'
import type { ExportsClient } from '@hood-exports/client'
import { saveExport } from '@hood-exports/client/node'
import type { SaveOptions, SavedExport } from '@hood-exports/client/node'
import { UsageError, counted, formatBytes } from '@hood-exports/command-line'
import { neutralise, neutraliseJson } from '@hood-exports/command-line/terminal'
import type { CommandContext } from './command-context.ts'
import { CommandError, isExpected } from './command-error.ts'
import { createProgressMeter } from './download-progress.ts'
import type { ProgressMeter } from './download-progress.ts'
import type { Target, Targets } from './download-targets.ts'
import { ensureFolder } from './ensure-folder.ts'
import { exitCodeOfSeveral } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { isFatal, reportFailure } from './failure.ts'

/** Where files go, and what is done where one is there already. */
export interface SaveFlags {
  /** A file, or `-`. */
  readonly o?: string
  /** A directory. */
  readonly d?: string
  readonly ifExists: NonNullable<SaveOptions['ifExists']>
  readonly sizeMismatch: 'warn' | 'fail'
}

/** @throws UsageError for a path that is empty. */
export function checkPaths({ o, d }: SaveFlags): void {
  for (const [flag, path] of [
    ['-o', o],
    ['-d', d],
  ] as const) {
    if (path === '') throw new UsageError(`${flag} has no name after it: give one, or leave ${flag} out`)
  }
}

export interface Several extends Targets {
  /** Files at once. */
  readonly concurrency: number
  readonly flags: SaveFlags
}

/** Tallies of a run. */
interface Outcome {
  saved: number
  /** Files that were there already. */
  skipped: number
  bytes: number
  readonly failures: ExitCode[]
}

/** Saves exports, and prints where; what fails of several is reported, and the others are saved. */
export async function saveExports(
  context: CommandContext,
  client: ExportsClient,
  { targets, total, stop, concurrency, flags }: Several,
): Promise<ExitCode> {
  if (flags.d !== undefined) makeFolder(flags.d)
  const meter = createProgressMeter({ exports: total }, context.now)
  const outcome: Outcome = { saved: 0, skipped: 0, bytes: 0, failures: [] }
  const work = async (): Promise<void> => {
    for await (const target of targets) {
      await saveOne(context, client, target, { flags, meter, outcome, stop, isAlone: total === 1 })
      if (stop.signal.aborted) return
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(concurrency, total ?? Infinity) }, work))
  context.signal.throwIfAborted()
  const broken = workers.find((worker) => worker.status === 'rejected')
  if (broken && !stop.signal.aborted) throw broken.reason
  const { saved, skipped, bytes, failures } = outcome
  const left = total === undefined ? 0 : total - saved - skipped - failures.length
  if (saved + skipped > 0 && (total !== 1 || failures.length > 0)) {
    const already = skipped > 0 ? `, ${skipped} there already` : ''
    await context.note(`${counted(saved, 'export')} saved, ${formatBytes(bytes)}${already}.`)
  }
  if (left > 0) await context.warn(`${counted(left, 'export')} not tried: nothing else would have come of it.`)
  return exitCodeOfSeveral(saved + skipped, failures)
}

function makeFolder(path: string): void {
  try {
    ensureFolder(resolve(path))
  } catch (error) {
    throw new CommandError('folder', `The folder "${path}" cannot be made: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

interface One {
  readonly flags: SaveFlags
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
      idleTimeoutMs: context.flags.timeout,
      onProgress(progress) {
        meter.received(id, progress)
        context.status.show(meter.text())
      },
    })
    if (saved.outcome === 'skipped') outcome.skipped += 1
    else {
      outcome.saved += 1
      outcome.bytes += saved.bytes
    }
    await say(context, saved)
  } catch (error) {
    if (context.signal.aborted || !isExpected(error) || isAlone) throw error
    if (isFatal(error)) stop.abort()
    outcome.failures.push(await reportFailure(context, error, id === '' ? undefined : id))
  } finally {
    meter.ended(id)
  }
}

/** Where the file is, as data. */
async function say(context: CommandContext, saved: SavedExport): Promise<void> {
  const { id, path, bytes, sizeCheck } = saved
  if (sizeCheck === 'differs') {
    await context.warn(`${id} has ${formatBytes(bytes)}, which is not the size that the API announced.`)
  }
  const text = context.flags.json ? neutraliseJson(JSON.stringify(saved)) : path
  await context.print(`${context.terminal.stdout.isTTY ? neutralise(text) : text}\n`)
}
