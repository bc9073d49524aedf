import { FAILED_STATUSES } from '@hood-exports/client'
import type { ExportItem, ExportsClient, Operation } from '@hood-exports/client'
import { neutraliseJson } from '@hood-exports/command-line/terminal'
import type { CommandContext } from '../command-context.ts'
import { CommandError, isExpected } from '../command-error.ts'
import { openTargets } from '../download-targets.ts'
import { exitCodeOfSeveral } from '../exit-code.ts'
import type { ExitCode } from '../exit-code.ts'
import { isFatal, reportFailure } from '../failure.ts'
import { sendOnce } from '../unknown-outcome.ts'
import { LONGEST_WAIT_MS } from '../wait-limit.ts'

export interface RetryFlags {
  readonly wait?: true
}

/** What differs between one run of an export and the next. */
const FIELDS = ['id', 'status', 'attempt_count', 'update_time', 'failure_reason'] as const
type Run = Pick<ExportItem, (typeof FIELDS)[number]>

/** An export that the API runs again. */
interface Running {
  readonly id: string
  readonly operation: Operation
  /** Before it was run again. */
  readonly before: Run
  readonly acceptedAtMs: number
}

/** After this time, a status that has not changed is the new one: not every API counts attempts. In milliseconds. */
const SETTLED_MS = 30_000

export async function runRetry(
  context: CommandContext,
  ids: readonly string[],
  { wait }: RetryFlags,
): Promise<ExitCode> {
  const { signal } = context
  const { targets, total } = await openTargets(context, ids)
  const client = await context.connect()
  const failures: ExitCode[] = []
  const running: Running[] = []
  let done = 0

  /** Whether the next export can be tried. */
  const attempt = async (id: string | undefined, body: () => Promise<void>): Promise<boolean> => {
    try {
      await body()
      return true
    } catch (error) {
      if (signal.aborted || total === 1 || !isExpected(error)) throw error
      failures.push(await reportFailure(context, error, id))
      return !isFatal(error)
    }
  }

  for await (const target of targets) {
    const id = target.kind === 'export' ? target.id : undefined
    const goesOn = await attempt(id, async () => {
      if (target.kind === 'bad-line') throw target.error
      const before = wait && (await client.get(target.id, { fields: FIELDS }, { signal }))
      const operation = await sendOnce(context, `hood-exports get ${target.id}`, () =>
        client.retry(target.id, { signal }),
      )
      if (before) running.push({ id: target.id, operation, before, acceptedAtMs: context.now() })
      else {
        done += 1
        await say(context, { id: target.id, operation })
      }
    })
    if (!goesOn) break
  }
  for (const run of running) {
    const goesOn = await attempt(run.id, async () => {
      const { status } = await waitForEnd(context, client, run)
      done += 1
      await say(context, { id: run.id, status, operation: run.operation })
    })
    if (!goesOn) break
  }
  return exitCodeOfSeveral(done, failures)
}

/** @throws CommandError `gave-up` when it has failed again. */
async function waitForEnd(context: CommandContext, client: ExportsClient, run: Running): Promise<Run> {
  const { id, before, acceptedAtMs } = run
  const item = await client.waitUntil(
    id,
    (found: Run) => {
      context.status.show(`${id}: status ${found.status}`)
      const isNew =
        found.attempt_count !== before.attempt_count ||
        found.update_time !== before.update_time ||
        context.now() - acceptedAtMs >= SETTLED_MS
      return isNew && (found.status === 'ready' || isFailed(found))
    },
    { fields: FIELDS, signal: context.signal, deadlineMs: context.remainingMs() ?? LONGEST_WAIT_MS },
  )
  if (!isFailed(item)) return item
  const why = item.failure_reason ? `: ${item.failure_reason}` : ''
  throw new CommandError('gave-up', `${id} was run again and has status ${item.status}${why}`)
}

function isFailed({ status }: Run): boolean {
  return (FAILED_STATUSES as readonly string[]).includes(status)
}

async function say(
  context: CommandContext,
  fact: Readonly<Record<string, unknown>> & { readonly id: string },
): Promise<void> {
  await context.print(`${context.flags.json ? neutraliseJson(JSON.stringify(fact)) : fact.id}\n`)
}
