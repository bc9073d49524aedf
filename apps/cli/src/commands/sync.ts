import { isExportsError } from '@hood-exports/client'
import type { ExportItem } from '@hood-exports/client'
import { LASTING_MEMBERS, fileNameOf, mirror } from '@hood-exports/client/node'
import type { MirrorFilter, MirrorOptions } from '@hood-exports/client/node'
import { UsageError, formatDuration } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { ExitCode } from '../exit-code.ts'
import { tellFailure } from '../failure.ts'
import { matchFiles } from '../file-globs.ts'
import type { FileGlobs } from '../file-globs.ts'
import { pause } from '../pause.ts'
import { redisAddress } from '../redis-address.ts'
import { runForFile } from '../run-for-file.ts'
import type { SharedQuota } from '../shared-quota.ts'
import { destinationOf } from '../sync-destination.ts'
import { createSyncReport } from '../sync-report.ts'
import { filterOf } from '../where/claim.ts'
import { TIME_FORMS, parsePeriod } from '../where/time.ts'
import { parseWhere } from '../where/where.ts'

/** Options of `sync`. */
export interface SyncFlags extends FileGlobs {
  /** Conditions that an export must meet, all of them; see `parseWhere`. */
  readonly where?: readonly string[]
  /** A time, or how long ago: see `parsePeriod`. */
  readonly since?: string
  /** A template of the files' paths; see `mirror`. */
  readonly path?: string
  /** Milliseconds between looks; `true`: the default. */
  readonly watch?: number | true
  readonly deleteExpired: 'no' | 'yes'
  readonly sizeMismatch: 'auto' | 'warn' | 'fail'
  readonly removed: 'fetch' | 'keep'
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
  const redis = redisOf(context, flags)
  // Before anything is opened or sent.
  choose(flags, context.wallNow())
  const { baseUrl } = await context.connection()
  const mode = flags.dryRun ? 'plan' : 'run'
  const { env, clock } = context.terminal
  const { destination, pathOf } = await destinationOf(directory, { s3Endpoint: flags.s3Endpoint, env })
  const { signal } = context
  const refused = new Set<string>()
  let quota: SharedQuota | undefined
  try {
    if (redis !== undefined) quota = await quotaOf(context, redis, flags, baseUrl)
    const client = await context.connect(quota && { limiter: quota.limiter })
    const runOnce = async (): Promise<ExitCode> => {
      const report = createSyncReport({ context, client, pathOf, mode, refused })
      const { exec } = flags
      const result = await mirror(client, destination, {
        mode,
        signal,
        clock,
        ...choose(flags, context.wallNow()),
        path: flags.path,
        state: flags.state,
        deleteExpired: flags.deleteExpired,
        onSizeMismatch: flags.sizeMismatch === 'warn' ? 'report' : flags.sizeMismatch,
        onIncomplete: 'report',
        removed: flags.removed,
        extent: flags.full ? 'all' : 'new',
        concurrency: flags.concurrency,
        retryForMs: flags.retryFor,
        idleTimeoutMs: context.flags.timeout,
        onEvent: report.tell,
        onSaved:
          exec === undefined
            ? undefined
            : (saved) => runForFile(exec, { ...saved, path: pathOf(saved.file) }, { env, signal }),
      }).catch(async (error: unknown) => {
        if (signal.aborted) await report.interrupted()
        throw inOurWords(error)
      })
      return report.end(result)
    }
    return flags.watch === undefined
      ? await runOnce()
      : await watch(context, runOnce, flags.watch === true ? WATCH_MS : flags.watch)
  } finally {
    await quota?.close()
  }
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
      return tellFailure(context, error)
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

/**
 * Which exports are asked for now.
 * @throws UsageError
 */
function choose(
  { where = [], since, include, exclude, path }: SyncFlags,
  nowMs: number,
): Pick<MirrorOptions, 'filter' | 'where' | 'since' | 'selection'> {
  const { conditions, matches } = parseWhere(where, { flag: '--where', nowMs })
  const lasting = conditions.filter(({ field }) => (LASTING_MEMBERS as readonly string[]).includes(field))
  const filter: MirrorFilter | undefined = filterOf(lasting)?.filter
  const isWanted = matchFiles({ ...(include && { include }), ...(exclude && { exclude }) })
  const given = {
    where: (item: ExportItem) => matches(item) && isWanted(fileNameOf(item, path)),
    ...(filter && { filter }),
  }
  const globs = (include ?? exclude) && { include, exclude, path }
  if (since === undefined) return { ...given, selection: JSON.stringify({ where, since: null, ...globs }) }
  const period = parsePeriod(since, nowMs)
  if (period === undefined) {
    throw new UsageError(`--since ${JSON.stringify(since)} is no time: ${TIME_FORMS}`)
  }
  const { kind, first } = period
  // What counts back from now is the same choice at every look, and never reaches further back than at the last one.
  const selection = JSON.stringify({ where, since: kind === 'ago' ? since : first, ...globs })
  return { ...given, since: first, selection }
}
