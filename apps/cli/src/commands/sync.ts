import { isExportsError } from '@hood-exports/client'
import { mirror } from '@hood-exports/client/node'
import { UsageError, formatDuration } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import { describeError } from '../describe-error.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { reportFailure } from '../failure.ts'
import { pause } from '../pause.ts'
import { redisAddress } from '../redis-address.ts'
import { runForFile } from '../run-for-file.ts'
import type { SharedQuota } from '../shared-quota.ts'
import { chooseExports } from '../sync-choice.ts'
import type { ChoiceFlags } from '../sync-choice.ts'
import { destinationOf } from '../sync-destination.ts'
import { writeMetrics } from '../sync-metrics.ts'
import type { RunMetrics } from '../sync-metrics.ts'
import { createSyncReport } from '../sync-report.ts'

/** Options of `sync`. */
export interface SyncFlags extends ChoiceFlags {
  /** Milliseconds between looks; `true`: the default. */
  readonly watch?: number | true
  readonly deleteExpired: 'no' | 'yes'
  readonly sizeMismatch: 'auto' | 'warn' | 'fail'
  readonly removed: 'fetch' | 'keep'
  readonly versions: 'replace' | 'keep'
  /** A command of the shell for each new file. */
  readonly exec?: string
  /** Read the whole list. */
  readonly full?: true
  /** The file of the manifest. */
  readonly state?: string
  /** The store of a bucket, where it is not Amazon's. */
  readonly s3Endpoint?: string
  /** Milliseconds for which a run goes on while nothing comes through. */
  readonly retryFor: number
  readonly dryRun?: true
  /** A file for the metrics of each run, see `writeMetrics`. */
  readonly metrics?: string
  /** Downloads at once. */
  readonly concurrency: number
  /** Where the machines of the account share the quota. Default: `HOOD_REDIS`, or nowhere. */
  readonly redis?: string
  /** Names the account in Redis. Default: the host of the base URL. */
  readonly redisAccount?: string
  /** Machines of the account, at most. Default: 8. */
  readonly machines?: number
}

/** A look at the list costs a request; one a minute leaves the quota to downloads. */
const WATCH_MS = 60_000

/** Machines that share the quota, by default. */
const MACHINES = 8

export async function runSync(context: CommandContext, directory: string, flags: SyncFlags): Promise<ExitCode> {
  if (flags.dryRun && flags.watch !== undefined) {
    throw new UsageError('--dry-run is for one run: leave out --watch')
  }
  if (flags.dryRun && flags.metrics !== undefined) {
    throw new UsageError('--metrics is for runs that save something: leave out --dry-run')
  }
  const redis = redisOf(context, flags)
  // Before anything is opened or sent.
  chooseExports(flags, context.wallNow())
  const { baseUrl } = await context.connection()
  const mode = flags.dryRun ? 'plan' : 'run'
  const { env, clock } = context.terminal
  const { destination, pathOf, isOutput } = await destinationOf(context, directory, flags.s3Endpoint)
  if (isOutput) refuseForArchive(flags)
  const { signal } = context
  const refused = new Set<string>()
  let quota: SharedQuota | undefined
  try {
    if (redis !== undefined) quota = await quotaOf(context, redis, flags, baseUrl)
    const traffic = { requests: 0, quotaWaitMs: 0 }
    const client = await context.connect({
      limiter: quota?.limiter,
      onEvent(event) {
        if (event.type !== 'sent') return
        traffic.requests += 1
        traffic.quotaWaitMs += event.waitedMs
      },
    })
    const runOnce = async (): Promise<ExitCode> => {
      const report = createSyncReport({ context, client, pathOf, isOutput, mode, refused })
      const { exec } = flags
      const beganAt = context.now()
      const { requests, quotaWaitMs } = traffic
      const record = async (exitCode: ExitCode, left = 0): Promise<void> => {
        if (flags.metrics === undefined) return
        await recordRun(context, flags.metrics, {
          ...report.counts(),
          destination: typeof destination === 'string' ? destination : destination.name,
          endedAtMs: context.wallNow(),
          durationMs: context.now() - beganAt,
          exitCode,
          left,
          requests: traffic.requests - requests,
          quotaWaitMs: traffic.quotaWaitMs - quotaWaitMs,
        })
      }
      const result = await mirror(client, destination, {
        mode,
        signal,
        clock,
        ...chooseExports(flags, context.wallNow()),
        path: flags.path,
        state: flags.state,
        deleteExpired: flags.deleteExpired,
        onSizeMismatch: flags.sizeMismatch === 'warn' ? 'report' : flags.sizeMismatch,
        onIncomplete: 'report',
        // What is in an archive is out of reach.
        removed: isOutput ? 'keep' : flags.removed,
        versions: flags.versions,
        extent: flags.full ? 'all' : 'new',
        concurrency: flags.concurrency,
        retryForMs: flags.retryFor,
        idleTimeoutMs: context.flags.timeout,
        onEvent: report.show,
        onSaved:
          exec === undefined
            ? undefined
            : (saved) => runForFile(exec, { ...saved, path: pathOf(saved.file) }, { env, signal }),
      }).catch(async (error: unknown) => {
        if (signal.aborted) await report.interrupted()
        const failure = inOurWords(error)
        const exitCode = signal.aborted ? EXIT.interrupted : describeError(failure).exitCode
        // The run that has the folder writes its own.
        if (exitCode !== EXIT.locked) await record(exitCode)
        throw failure
      })
      const exitCode = await report.end(result)
      await record(exitCode, result.left)
      return exitCode
    }
    return flags.watch === undefined
      ? await runOnce()
      : await watch(context, runOnce, flags.watch === true ? WATCH_MS : flags.watch)
  } finally {
    await quota?.close()
  }
}

/** A run is not worse for its metrics. */
async function recordRun(context: CommandContext, file: string, run: RunMetrics): Promise<void> {
  await writeMetrics(file, run).catch((error: Error) =>
    context.warn(
      `The metrics cannot be written to "${file}" (${error.message}): give --metrics a file in a folder that is there`,
    ),
  )
}

function refuseForArchive({ watch, exec, deleteExpired }: SyncFlags): void {
  const useless =
    (watch !== undefined && '--watch') ||
    (exec !== undefined && '--exec') ||
    (deleteExpired === 'yes' && '--delete-expired')
  if (useless)
    throw new UsageError(`${useless} is not for an archive, which ends with the run: leave it out, or give a folder`)
}

/** Where machines share the quota, when they do. */
function redisOf({ terminal }: CommandContext, { redis, redisAccount, machines }: SyncFlags): string | undefined {
  const url = redis ?? terminal.env['HOOD_REDIS']
  if (url) {
    // Before anything is written.
    redisAddress(url)
    return url
  }
  const useless = redisAccount !== undefined ? '--redis-account' : machines !== undefined && '--machines'
  if (useless === false) return undefined
  throw new UsageError(`${useless} is for a shared quota: give --redis or HOOD_REDIS as well, or leave it out`)
}

async function quotaOf(
  context: CommandContext,
  url: string,
  { redisAccount, machines }: SyncFlags,
  baseUrl: string,
): Promise<SharedQuota> {
  const { shareQuota } = await import('../shared-quota.ts')
  return shareQuota(context, { url, machines: machines ?? MACHINES, account: redisAccount ?? new URL(baseUrl).host })
}

/** Goes on until it is interrupted, until the command's time is over, or until nothing can come of it any more. */
async function watch(context: CommandContext, runOnce: () => Promise<ExitCode>, pauseMs: number): Promise<ExitCode> {
  for (;;) {
    const exitCode = await runOnce().catch((error: unknown) => {
      if (context.signal.aborted || !mayPass(error)) throw error
      return reportFailure(context, error)
    })
    const { remainingMs } = context
    if ((remainingMs() ?? Infinity) <= pauseMs) return exitCode
    context.status.show(`In step with the account; looking again in ${formatDuration(pauseMs)}`, 'now')
    await pause(context, pauseMs)
  }
}

/** Whether it may be otherwise at the next look: the network comes back, the disk gets room, another run ends. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof CommandError)) {
    return isExportsError(error) && error.kind !== 'unauthorized' && error.kind !== 'invalid-options'
  }
  return (
    ['folder', 'locked'].includes(error.kind) && !(isExportsError(error.cause) && error.cause.code === 'OTHER_ACCOUNT')
  )
}

/** A refusal of the folder. */
function inOurWords(error: unknown): unknown {
  if (!isExportsError(error, 'file')) return error
  return new CommandError(error.code === 'LOCKED' ? 'locked' : 'folder', error.message, { cause: error })
}
