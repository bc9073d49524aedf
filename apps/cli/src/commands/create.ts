import { lstat, readFile } from 'node:fs/promises'
import { isExportsError } from '@hood-exports/client'
import type { ExportItem, ExportsClient, MakeProgress, QuickReportRequest } from '@hood-exports/client'
import { neutraliseJson } from '@hood-exports/command-line/terminal'
import { UsageError } from '@hood-exports/command-line'
import type { CommandContext } from '../command-context.ts'
import type { Target } from '../download-targets.ts'
import { EXIT } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { formatRecord } from '../format/record.ts'
import { isStream, pour } from '../pour-download.ts'
import { reportRequest } from '../report-request.ts'
import type { ReportFlags } from '../report-request.ts'
import { checkPaths, saveExports } from '../save-exports.ts'
import type { SaveFlags } from '../save-exports.ts'
import { untilAborted } from '../terminal/until-aborted.ts'
import { quoted, sendOnce } from '../unknown-outcome.ts'
import { LONGEST_WAIT_MS } from '../wait-limit.ts'

export interface CreateFlags extends ReportFlags, SaveFlags {
  /** A file of JSON, or `-`. */
  readonly body?: string
  readonly wait?: true
  readonly key?: string
  readonly retries?: number
}

export async function runCreate(context: CommandContext, reportId: string, flags: CreateFlags): Promise<ExitCode> {
  checkPaths(flags)
  checkWaiting(flags)
  await checkFree(flags)
  const request = reportRequest(flags, flags.body === undefined ? undefined : await readBody(context, flags.body))
  const client = await context.connect()
  if (!flags.wait) return ask(context, client, reportId, request)
  const item = await make(context, client, reportId, request, flags)
  if (flags.o !== undefined || flags.d !== undefined) return deliver(context, client, item, flags)
  await context.print(`${context.flags.json ? neutraliseJson(JSON.stringify(item)) : item.id}\n`)
  return EXIT.ok
}

/** Sends the request, and says what the API has begun. */
async function ask(
  context: CommandContext,
  client: ExportsClient,
  reportId: string,
  request: QuickReportRequest,
): Promise<ExitCode> {
  const { signal, terminal, flags } = context
  const search = request.name === undefined ? '' : ` --search ${quoted(request.name)}`
  const operation = await sendOnce(context, `hood-exports list${search}`, () =>
    client.exportQuickReport(reportId, request, { signal }),
  )
  await context.print(
    flags.json
      ? `${neutraliseJson(JSON.stringify(operation, undefined, 2))}\n`
      : formatRecord(operation, Object.keys(operation), terminal.stdout),
  )
  return EXIT.ok
}

/** Waits until the export is ready. */
async function make(
  context: CommandContext,
  client: ExportsClient,
  reportId: string,
  request: QuickReportRequest,
  { key, retries }: CreateFlags,
): Promise<ExportItem> {
  let isBegun = false
  context.status.show('Asking for the export …', 'now')
  try {
    return await client.makeExport(reportId, request, {
      key,
      retries,
      signal: context.signal,
      deadlineMs: context.remainingMs() ?? LONGEST_WAIT_MS,
      onProgress(progress) {
        isBegun = true
        show(context, progress)
      },
    })
  } catch (error) {
    if (context.signal.aborted && isExportsError(error) && error.key && (isBegun || error.outcome === 'unknown')) {
      await context.warn(`It may be made all the same: --key ${quoted(error.key)} goes on with it.`)
    }
    throw error
  }
}

function show({ status, note }: CommandContext, progress: MakeProgress): void {
  // The next look is seconds away; stderr is written long before.
  const say = (text: string): void => void note(text).catch(() => undefined)
  switch (progress.step) {
    case 'created':
      return status.show('Asked for; looking for it in the list …', 'now')
    case 'unknown':
      return say('No answer says whether it is being made: looking for it in the list.')
    case 'waiting':
      return status.show(`${progress.item.id}: status ${progress.item.status}`)
    case 'retried': {
      const { id, status: found, failure_reason: reason } = progress.item
      return say(`${id} has status ${found}${reason ? ` (${reason})` : ''}: the API runs it again.`)
    }
    default:
      return progress satisfies never
  }
}

/** Saves the file, as `download` does. */
async function deliver(
  context: CommandContext,
  client: ExportsClient,
  item: ExportItem,
  flags: CreateFlags,
): Promise<ExitCode> {
  const { id } = item
  if (flags.o === '-' || (flags.o !== undefined && (await isStream(flags.o)))) {
    return pour(context, client, { id, output: flags.o })
  }
  async function* targets(): AsyncGenerator<Target, void, undefined> {
    yield { kind: 'export', id, target: item }
  }
  return saveExports(context, client, {
    targets: targets(),
    total: 1,
    stop: new AbortController(),
    concurrency: 1,
    flags,
  })
}

/** Options that say nothing without `--wait`. */
const OF_WAITING = { o: '-o', d: '-d', key: '--key', retries: '--retries' } as const

function checkWaiting(flags: CreateFlags): void {
  if (flags.wait) return
  for (const [name, flag] of Object.entries(OF_WAITING)) {
    if (flags[name as keyof typeof OF_WAITING] === undefined) continue
    throw new UsageError(`${flag} is of an export that is ready: give --wait as well, or leave it out`)
  }
}

/** A file that is in the way is reported now, and not when the export has been made. */
async function checkFree({ o, ifExists }: CreateFlags): Promise<void> {
  if (o === undefined || o === '-' || (await isStream(o)) || ifExists !== 'fail') return
  const isFree = await lstat(o).then(
    () => false,
    () => true,
  )
  if (isFree) return
  throw new UsageError(
    `"${o}" exists already: pass --if-exists overwrite, rename or skip, or another name with -o (nothing was sent)`,
  )
}

async function readBody({ terminal, flags, signal }: CommandContext, path: string): Promise<string> {
  if (path === '-') {
    if (flags.tokenStdin) {
      throw new UsageError('The body and the token cannot both come from standard input: set HOOD_TOKEN for the token')
    }
    const chunks: Uint8Array[] = []
    for await (const chunk of untilAborted(terminal.stdin, signal)) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString()
  }
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(`--body ${JSON.stringify(path)} cannot be read: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
