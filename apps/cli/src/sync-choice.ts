import type { ExportItem } from '@hood-exports/client'
import { LASTING_MEMBERS, fileNameOf } from '@hood-exports/client/node'
import type { MirrorFilter, MirrorOptions } from '@hood-exports/client/node'
import { UsageError } from '@hood-exports/command-line'
import { matchFiles } from './file-globs.ts'
import type { FileGlobs } from './file-globs.ts'
import { filterOf } from './where/claim.ts'
import { TIME_FORMS, parsePeriod } from './where/time.ts'
import { parseWhere } from './where/where.ts'

/** What says which exports `sync` is for. */
export interface ChoiceFlags extends FileGlobs {
  /** Conditions that an export must meet, all of them; see `parseWhere`. */
  readonly where?: readonly string[]
  /** A time, or how long ago: see `parsePeriod`. */
  readonly since?: string
  /** A template of the files' paths; see `mirror`. */
  readonly path?: string
}

/**
 * Which exports are asked for now.
 * @throws UsageError
 */
export function chooseExports(
  { where = [], since, include, exclude, path }: ChoiceFlags,
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
