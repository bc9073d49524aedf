import { resolve } from 'node:path'
import { isExportsError } from '@hood-exports/client'
import { UsageError, formatDuration } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import { CommandError } from '../command-error.ts'
import type { ExitCode } from '../exit-code.ts'
import { tellFailure } from '../failure.ts'
import { createFilterGate, refusedFilter } from '../filter-gate.ts'
import { pause } from '../pause.ts'
import { redisAddress } from '../redis-address.ts'
import type { SharedQuota } from '../shared-quota.ts'
import { createSyncReport } from '../sync-report.ts'
import { AnotherAccountError } from '../sync/account-check.ts'
import { openManifest } from '../sync/open-manifest.ts'
import { synchronise } from '../sync/synchronise.ts'
import type { SyncOptions } from '../sync/synchronise.ts'
import type { Condition } from '../where/condition.ts'
import { TIME_FORMS, parsePeriod } from '../where/time.ts'
import { parseWhere } from '../where/where.ts'

/** Options of `sync`. */
export interface SyncFlags {
  /** Conditions that an export must meet, all of them; see `parseWhere`. */
  readonly where?: readonly string[]
  /** A time, or how long ago: see `parsePeriod`. */
  readonly since?: string
  /** Milliseconds between looks; `true`: the default. */
  readonly watch?: number | true
  readonly deleteExpired: 'no' | 'yes'
  readonly sizeMismatch: SyncOptions['onSizeMismatch']
  readonly removed: SyncOptions['removed']
  /** A command of the shell for each new file. */
  readonly exec?: string
  /** Read the whole list. */
  readonly full?: true
  /** The file of the manifest. */
  readonly state?: string
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
  if (directory === '') throw new UsageError('The folder has no name: give one such as ./exports, or . for this one')
  const redis = redisOf(context, flags)
  // Before anything is opened or sent.
  choose(flags, context.wallNow())
  const folder = resolve(directory)
  const { baseUrl } = await context.connection()
  const mode = flags.dryRun ? 'plan' : 'run'
  const manifest = openManifest({
    directory: folder,
    state: flags.state === undefined ? undefined : resolve(flags.state),
    baseUrl,
    access: mode === 'plan' ? 'copy' : 'write',
  })
  let quota: SharedQuota | undefined
  try {
    if (redis !== undefined) quota = await quotaOf(context, redis, flags, baseUrl)
    const client = await context.connect(quota && { limiter: quota.limiter })
    const gate = createFilterGate((filter) => context.warn(refusedFilter(filter)))
    const runOnce = async (): Promise<ExitCode> => {
      const report = createSyncReport({ context, client, directory: folder, mode, exec: flags.exec })
      const result = await synchronise(client, {
        directory: folder,
        manifest,
        mode,
        signal: context.signal,
        gate,
        ...choose(flags, context.wallNow()),
        deleteExpired: flags.deleteExpired,
        onSizeMismatch: flags.sizeMismatch,
        removed: flags.removed,
        extent: flags.full ? 'all' : 'new',
        concurrency: flags.concurrency,
        retryForMs: flags.retryFor,
        idleTimeoutMs: context.flags.timeout,
        wallNow: context.wallNow,
        now: context.now,
        pause: (ms) => pause(context, ms),
        onEvent: report.tell,
      }).catch(async (error: unknown) => {
        if (context.signal.aborted) await report.interrupted()
        throw inOurWords(error, folder)
      })
      return report.end(result)
    }
    return flags.watch === undefined
      ? await untilAnswered(context, runOnce, flags.retryFor)
      : await watch(context, runOnce, flags.watch === true ? WATCH_MS : flags.watch)
  } finally {
    manifest.close()
    await quota?.close()
  }
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 60_000

/** Runs again while the list has no answer, or one that the API is sick, for as long as that is asked for. */
async function untilAnswered(
  context: CommandContext,
  runOnce: () => Promise<ExitCode>,
  retryForMs: number,
): Promise<ExitCode> {
  const giveUpAt = context.now() + retryForMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await runOnce()
    } catch (error) {
      const isSick = isExportsError(error) && ['network', 'timeout', 'server'].includes(error.kind)
      if (context.signal.aborted || !isSick || context.now() + pauseMs > giveUpAt) throw error
      context.status.pause('nothing comes through: trying again', pauseMs)
      await pause(context, pauseMs)
    }
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

/** Whether it may be otherwise at the next look: the network comes back, the disk gets room. */
function mayPass(error: unknown): boolean {
  if (error instanceof CommandError) return error.kind === 'folder' && !(error instanceof AnotherAccountError)
  return isExportsError(error) && error.kind !== 'unauthorized' && error.kind !== 'invalid-options'
}

/** A refusal of the file system or of the database. */
function inOurWords(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code === 'EPIPE') return error
  if (!('syscall' in error) && error.code !== 'ERR_SQLITE_ERROR') return error
  return new CommandError('folder', `The folder "${folder}" cannot be kept in step: ${error.message}`, { cause: error })
}

interface Choice {
  readonly conditions: readonly Condition[]
  readonly since: string | undefined
  readonly selection: string
}

/**
 * Which exports are asked for now.
 * @throws UsageError
 */
function choose({ where = [], since }: SyncFlags, nowMs: number): Choice {
  const { conditions } = parseWhere(where, { flag: '--where', nowMs })
  if (since === undefined) return { conditions, since, selection: JSON.stringify({ where, since: null }) }
  const period = parsePeriod(since, nowMs)
  if (period === undefined) {
    throw new UsageError(`--since ${JSON.stringify(since)} is no time: ${TIME_FORMS}`)
  }
  const { kind, first } = period
  // What counts back from now is the same choice at every look, and never reaches further back than at the last one.
  return { conditions, since: first, selection: JSON.stringify({ where, since: kind === 'ago' ? since : first }) }
}
