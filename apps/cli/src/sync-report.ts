import { isExportsError } from '@hood-exports/client'
import type { ExportsClient } from '@hood-exports/client'
import type { MirrorEvent, MirrorResult } from '@hood-exports/client/node'
import { counted, formatBytes, formatCount, formatDuration } from '@hood-exports/command-line'
import { neutralise, neutraliseJson } from '@hood-exports/command-line/terminal'
import type { CommandContext } from './command-context.ts'
import { createProgressMeter } from './download-progress.ts'
import { EXIT, exitCodeOfSeveral } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { reportFailure } from './failure.ts'
import { refusedFilter } from './filter-gate.ts'

/** Files of another size than announced that are named; of the others, their number is. */
const MOST_NAMED = 5

/** Reports a run of `sync`: paths as data, everything else to people. */
export interface SyncReport {
  show(event: MirrorEvent): Promise<void>
  /** Says what came of it. */
  end(result: MirrorResult): Promise<ExitCode>
  /** Says how far it came, when it is ended early. */
  interrupted(): Promise<void>
  /** What has come of it by now. */
  counts(): Counts
}

export interface Counts {
  readonly saved: number
  readonly bytes: number
  readonly deleted: number
  readonly failed: number
  readonly waiting: number
}

export interface SyncReportOptions {
  readonly context: CommandContext
  /** To estimate the time of a plan. */
  readonly client: Pick<ExportsClient, 'limiter'>
  /** What is printed for a file. */
  readonly pathOf: (file: string) => string
  /** Whether what is printed goes to standard error, because standard output is an archive. */
  readonly isOutput: boolean
  readonly mode: 'run' | 'plan'
  /** Filters whose refusal was reported in an earlier run. */
  readonly refused: Set<string>
}

/** @param options.mode of a `plan`, the paths are those that a run would write. */
export function createSyncReport({ context, client, pathOf, isOutput, mode, refused }: SyncReportOptions): SyncReport {
  const { status, flags } = context
  const failures: ExitCode[] = []
  const beganAt = context.now()
  let meter = createProgressMeter({}, context.now)
  let planned: number | undefined
  let odd = 0
  const sum = { saved: 0, bytes: 0, deleted: 0, waiting: 0 }

  /** Also where no terminal is, as in the log of a job. */
  const inform = async (text: string): Promise<void> => {
    if (flags.quiet !== true && flags.log !== 'json') await context.say(text)
  }

  /** What is a line of its own anyway is left out: failures, and filters that are refused. */
  const logEvent = async ({ type, ...facts }: MirrorEvent): Promise<void> => {
    if (type === 'progress' || type === 'failed' || type === 'filter-refused') return
    const path = 'file' in facts ? { path: pathOf(facts.file) } : {}
    await context.log({ event: type, ...facts, ...path }, type === 'paused' ? 'warning' : 'info')
  }

  const { stdout, stderr } = context.terminal
  const output = isOutput ? stderr : stdout
  const put = async (line: string): Promise<void> => {
    if (isOutput) await stderr.write(line)
    else await context.print(line)
  }
  const print = (path: string): Promise<void> => put(`${output.isTTY ? neutralise(path) : path}\n`)
  const printJson = (fact: object): Promise<void> => put(`${neutraliseJson(JSON.stringify(fact))}\n`)

  const reportSaved = async ({ id, file, bytes, sizeCheck, setAside, keptAs }: Of<'saved'>): Promise<void> => {
    meter.ended(id)
    sum.saved += 1
    sum.bytes += bytes
    if (setAside !== undefined) await context.warn(`"${file}" had been changed: what was there is now "${setAside}"`)
    if (keptAs !== undefined) await context.note(`"${file}" is a new version: the one before is now "${keptAs}".`)
    if (sizeCheck === 'differs') {
      odd += 1
      if (odd <= MOST_NAMED) {
        await context.warn(
          `${id} has ${formatBytes(bytes)}, which is not the size that the API announced; two downloads were identical, so the file was kept`,
        )
      }
    }
    if (!flags.json) await print(pathOf(file))
  }

  const reportPlan = ({ exports, bytes }: Of<'planned'>): Promise<void> | undefined => {
    meter = createProgressMeter({ exports, bytes }, context.now)
    planned = exports
    if (mode !== 'plan') return undefined
    const ms = exports === 0 ? 0 : Math.max(0, client.limiter.estimate({ calls: exports }) - context.now())
    if (flags.json) {
      return printJson({ type: 'plan', downloads: exports, bytes, requests: exports, estimatedMs: Math.round(ms) })
    }
    const time = ms >= 1_000 ? `, at least ${formatDuration(ms)} within the quota` : ''
    return context.say(
      `Nothing was written; a run would download ${counted(exports, 'export')}, ${formatBytes(bytes)}: ${counted(exports, 'request')}${time}.`,
    )
  }

  return {
    async show(event) {
      await logEvent(event)
      if (flags.json && !NOT_DATA.includes(event.type)) {
        const path = 'file' in event ? { path: pathOf(event.file) } : {}
        await printJson({ ...event, ...path })
      }
      switch (event.type) {
        case 'listed':
          return status.show(`${formatCount(event.looked)} of ${counted(event.total, 'export')} looked at`)
        case 'filter-refused': {
          const text = refusedFilter(event.filter)
          if (refused.has(text)) return undefined
          refused.add(text)
          return context.warn(text)
        }
        case 'planned':
          return reportPlan(event)
        case 'would-save':
          return flags.json ? undefined : print(pathOf(event.file))
        case 'progress':
          meter.received(event.id, event)
          return status.show(meter.text())
        case 'saved':
          return reportSaved(event)
        case 'paused':
          return status.pause('nothing comes through: trying again', event.ms)
        case 'waiting':
          sum.waiting += 1
          return undefined
        case 'gone':
          return context.note(`${event.id} cannot be downloaded: ${event.reason}.`)
        case 'deleted':
          sum.deleted += 1
          return context.note(`"${event.file}" was deleted: its export has expired.`)
        case 'failed':
          if (event.id !== undefined) meter.ended(event.id)
          failures.push(failureCodeOf(event.error, await reportFailure(context, event.error, event.id)))
          return undefined
        default:
          return event satisfies never
      }
    },
    async end(result) {
      const { saved, bytes, deleted, left } = result
      if (mode === 'run') {
        const counts = [
          saved === 0 ? 'Nothing new' : `${counted(saved, 'export')} saved, ${formatBytes(bytes)}`,
          odd > MOST_NAMED && `${odd} of another size than announced`,
          deleted > 0 && `${deleted} deleted`,
          sum.waiting > 0 && `${sum.waiting} not ready yet`,
          failures.length > 0 && `${failures.length} failed`,
        ].filter((count) => count !== false)
        const exitCode = exitCodeOfSeveral(saved, failures)
        const tookMs = Math.round(context.now() - beganAt)
        await context.log({ event: 'done', ...result, waiting: sum.waiting, tookMs, exitCode })
        if (flags.json) await printJson({ type: 'done', ...result })
        else if (saved + deleted + failures.length > 0) {
          await inform(`${counts.join(', ')}${tookMs >= 1_000 ? `, in ${formatDuration(tookMs)}` : ''}.`)
        } else await context.note(`${counts.join(', ')}.`)
        if (left > 0) await context.warn(`${counted(left, 'export')} not tried: the next run goes on from here.`)
      }
      return exitCodeOfSeveral(saved, failures)
    },
    async interrupted() {
      if (mode !== 'run') return
      await context.log({ event: 'interrupted', ...sum }, 'warning')
      if (flags.json) return
      const of = planned === undefined ? '' : ` of ${formatCount(planned)}`
      await inform(
        `Ended early: ${formatCount(sum.saved)}${of} saved, ${formatBytes(sum.bytes)}; the next run goes on from here.`,
      )
    },
    counts: () => ({ ...sum, failed: failures.length }),
  }
}

/** A file that was kept aside is done in part. */
function failureCodeOf(error: unknown, exitCode: ExitCode): ExitCode {
  const isAside = isExportsError(error) && error.kind !== 'file' && error.path !== undefined
  return isAside ? EXIT.partly : exitCode
}

type Of<Type extends MirrorEvent['type']> = Extract<MirrorEvent, { type: Type }>

/** Events that are not printed as JSON. */
const NOT_DATA: readonly MirrorEvent['type'][] = ['progress', 'failed', 'planned', 'paused', 'filter-refused']
