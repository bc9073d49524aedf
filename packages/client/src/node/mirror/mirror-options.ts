import { callback, checkOptions, numberFrom, oneOf, text, wholeFrom } from '../../check.ts'
import type { OptionRule } from '../../check.ts'
import type { ExportsClient } from '../../client.ts'
import type { Clock } from '../../clock.ts'
import type { ExportItem } from '../../export-item.ts'
import { CALL_RULES, CLIENT_RULES } from '../../option-checks.ts'
import type { MirrorFilter } from './choice.ts'
import type { OnMirrorEvent, SavedFile } from './mirror-event.ts'

/** What a run asks of a client. */
export type MirrorClient = Pick<ExportsClient, 'get' | 'listAll' | 'download' | 'baseUrl'>

/** How a run works, whatever it is for. */
export interface RunOptions {
  /** `fetch`: a saved file that is not there any more is fetched again; `keep`: it is done. Default `fetch`. */
  readonly removed?: 'fetch' | 'keep' | undefined
  /**
   * What another size than the announced one means, when two downloads have the same bytes: it is reported, or wrong.
   * The unit is not documented; `auto` takes it for wrong once five files had exactly their size. Default `auto`.
   */
  readonly onSizeMismatch?: 'auto' | 'report' | 'fail' | undefined
  /** `keep`: when an export was made again, its file before gets `(before)` in its name. Default `replace`. */
  readonly versions?: 'replace' | 'keep' | undefined
  /** What to do when exports are missing at the end: reject with `incomplete`, or only count them. Default `fail`. */
  readonly onIncomplete?: 'report' | 'fail' | undefined
  /** Downloads at once. Whole; default 4. */
  readonly concurrency?: number | undefined
  /** Milliseconds for which the run goes on while nothing comes through. Default 300,000. */
  readonly retryForMs?: number | undefined
  /** Milliseconds without a byte after which a download fails. Default 60,000. */
  readonly idleTimeoutMs?: number | undefined
  /** Ends the run: it rejects with `aborted`, and the next one goes on from there. */
  readonly signal?: AbortSignal | undefined
  /**
   * Paths of files, such as `{create_time:YYYY/MM}/{resource}/{id}-{name}`: members of an export in braces, with `{id}`
   * among them, and parts of its `create_time`. What is saved keeps its path. Default: the export's name.
   */
  readonly path?: string | undefined
  /** The file of the manifest, a SQLite database. Default: `.hood-exports/manifest.sqlite` in the folder. */
  readonly state?: string | undefined
  /** Awaited for each new file before it counts as done: when it rejects, the next run hands the file over again. */
  readonly onSaved?: ((file: SavedFile) => void | Promise<void>) | undefined
  /** Called with every event, and awaited; what it throws ends the run. */
  readonly onEvent?: OnMirrorEvent | undefined
  /** Time. Default: the system's. */
  readonly clock?: Clock | undefined
}

export interface MirrorOptions extends RunOptions {
  /** Only these exports, asked of the API: by what an export keeps from its first moment to its last. */
  readonly filter?: MirrorFilter | undefined
  /** Only exports that meet this when they are ready. Another function needs another `selection`. */
  readonly where?: ((item: ExportItem) => boolean) | undefined
  /** Only exports that were created since; `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, in GMT. */
  readonly since?: Date | string | undefined
  /**
   * Names the choice of exports. With another name the list is read anew; without a change it is read down to where the
   * last run has been. Default: what `filter`, `since` and the text of `where` make.
   */
  readonly selection?: string | undefined
  /** `all`: the whole list is read, and what was gone is asked for once more. Default `new`. */
  readonly extent?: 'new' | 'all' | undefined
  /** `yes`: files whose export has expired and that the API gives no more are deleted, unless changed. Default `no`. */
  readonly deleteExpired?: 'no' | 'yes' | undefined
  /** `plan`: nothing is fetched and nothing written; events say what a run would save. Default `run`. */
  readonly mode?: 'run' | 'plan' | undefined
}

const RUN_RULES: Readonly<Record<keyof RunOptions, OptionRule>> = {
  removed: oneOf('fetch', 'keep'),
  versions: oneOf('replace', 'keep'),
  onSizeMismatch: oneOf('auto', 'report', 'fail'),
  onIncomplete: oneOf('report', 'fail'),
  concurrency: wholeFrom(1),
  retryForMs: numberFrom(0),
  idleTimeoutMs: numberFrom(1),
  signal: CALL_RULES.signal,
  path: text,
  state: text,
  onSaved: callback,
  onEvent: callback,
  clock: CLIENT_RULES.clock,
}

const MIRROR_RULES: Readonly<Record<keyof MirrorOptions, OptionRule>> = {
  ...RUN_RULES,
  // These two have a check of their own, `chooseExports`.
  filter: () => undefined,
  since: () => undefined,
  where: callback,
  selection: text,
  extent: oneOf('new', 'all'),
  deleteExpired: oneOf('no', 'yes'),
  mode: oneOf('run', 'plan'),
}

export const checkRunOptions = (options: object): void => checkOptions(options, RUN_RULES)
export const checkMirrorOptions = (options: object): void => checkOptions(options, MIRROR_RULES)
