import { ExportsError } from '../../errors.ts'
import type { ExportItem } from '../../export-item.ts'
import { formatTimestamp, parseTimestamp } from '../../timestamp.ts'
import type { AccountCheck } from './account-check.ts'
import { filterSince, meetsFilter } from './choice.ts'
import type { Choice } from './choice.ts'
import { decide, isDue } from './decide.ts'
import { newEntry } from './entry.ts'
import type { Entry } from './entry.ts'
import type { FileNames } from './file-names.ts'
import type { Manifest } from './manifest.ts'
import type { MirrorEvent, OnMirrorEvent } from './mirror-event.ts'
import { openExports } from './open-exports.ts'
import type { ListAccess } from './open-exports.ts'
import type { Found } from './run.ts'
import { isRemade } from './version.ts'
import { walk } from './walk.ts'

export interface RememberOptions {
  readonly manifest: Manifest
  readonly choice: Choice
  /** `all`: the whole list, and what was gone is asked for once more. */
  readonly extent: 'new' | 'all'
  readonly namesOf: FileNames
  readonly nowMs: number
  /** Saved exports whose time is over, to learn whether the API still gives their files. */
  readonly expiredIds: ReadonlySet<string>
}

export interface ReadListOptions extends ListAccess, RememberOptions {
  /** Told of each page before anything of it is noted. */
  readonly account: AccountCheck
  readonly onEvent: OnMirrorEvent
}

/**
 * An export may show up in the list later than its creation time says: when clocks of the vendor differ, or when an
 * export is listed only once it is ready.
 */
const OVERLAP_MS = 24 * 3_600_000

/**
 * Brings the manifest in step with the list. Each page is remembered as a whole, so that nothing depends on the next.
 * @returns which of `expiredIds` the API does not give any more, and whether exports are missing.
 */
export async function readList(options: ReadListOptions): Promise<Found> {
  const { manifest, account, choice, extent, nowMs, expiredIds, onEvent } = options
  const { since, key, latest } = choice
  const saved = manifest.watermark()
  const mark = saved?.selection === key && extent === 'new' ? saved : undefined
  const markMs = mark && timeOf(mark.createTime)
  const seen = new Set<string>()
  const ended = new Set<string>()
  const look = (item: ExportItem): MirrorEvent | undefined => {
    if (!expiredIds.has(item.id) || item.status === 'ready') return remember(item, options)
    ended.add(item.id)
    return undefined
  }
  const openIds = [...expiredIds]
  for (const entry of manifest.inState('waiting')) {
    if (isDue(entry, { nowMs, ageMs: ageOf(entry, markMs) })) openIds.push(entry.item.id)
  }
  const seenBefore = markMs === undefined ? undefined : formatTimestamp(new Date(markMs - OVERLAP_MS))
  // Not the later one of the two: so the newest export of the last run comes again, and an answer is not empty.
  const filter = filterSince(choice.filter, seenBefore ?? since)
  const { newest, total } = await walk({
    ...options,
    filter,
    onFilterRefused: (refused) => onEvent({ type: 'filter-refused', filter: refused }),
    fits: (item) => meetsFilter(item, filter ?? {}),
    until: later(since, seenBefore),
    openIds,
    async onPage({ items, total }) {
      const events: MirrorEvent[] = []
      manifest.together(() => {
        account.see(items)
        for (const item of items) {
          const event = look(item)
          if (event !== undefined) events.push(event)
        }
      })
      for (const { id } of items) seen.add(id)
      for (const event of events) await onEvent(event)
      await onEvent({ type: 'listed', looked: seen.size, total })
    },
    async onFound(id, item) {
      const event = item === undefined ? forget(id, ended, options) : look(item)
      if (event !== undefined) await onEvent(event)
    },
  })
  const countMissing = (): number => Math.max(0, (total ?? 0) - seen.size)
  if (countMissing() > 0) {
    // What an earlier reading has found need not come in this one, only be there.
    const known = manifest.ids().filter((id) => !seen.has(id))
    for (const [id, item] of await openExports(options, known)) if (item !== undefined) seen.add(id)
  }
  const missing = countMissing()
  if (missing > 0) {
    const message = `The list has ${missing} ${missing === 1 ? 'export' : 'exports'} more than it gave, however often it was read: the next run reads all of it again`
    await onEvent({ type: 'failed', error: new ExportsError('incomplete', message, { missing }) })
  }
  // Only now: a walk that was not ended must be made again.
  if (missing === 0 && newest !== undefined) {
    // An export that claims to come from the future must not hide those that come after it, and one that is younger
    // than asked for now may be asked for later.
    const bounds = [newest, formatTimestamp(new Date(nowMs)), latest ?? newest]
    const createTime = bounds.reduce((a, b) => (a < b ? a : b))
    manifest.setWatermark(mark !== undefined && mark.createTime > createTime ? mark : { createTime, selection: key })
  }
  return { ended: [...ended], unread: missing > 0 ? 1 : 0 }
}

/** What the API does not have. A file that is saved stays, unless its time is over. */
function forget(id: string, ended: Set<string>, { manifest }: ReadListOptions): MirrorEvent | undefined {
  const entry = manifest.get(id)
  if (entry?.state === 'saved') ended.add(id)
  if (entry === undefined || entry.state === 'saved') return undefined
  // Should it be listed again, it is new.
  manifest.remove(id)
  return { type: 'gone', id, reason: 'the API does not have it any more' }
}

/** Downloads in vain, after which a new `update_time` alone is no reason for another one. */
const MOST_VAIN_UPDATES = 3

function mustFetchAgain(then: ExportItem, now: ExportItem, manifest: Manifest): boolean {
  const remade = isRemade(then, now)
  return remade === 'certain' || (remade === 'possible' && manifest.vainUpdates() < MOST_VAIN_UPDATES)
}

/** Remembers what is to be done with one export. */
export function remember(item: ExportItem, options: RememberOptions): MirrorEvent | undefined {
  const { manifest, choice, nowMs } = options
  const known = manifest.get(item.id)
  const entry = known ?? newEntry(item, nowMs)
  const decision = decide({
    item,
    entry: known,
    isRemade:
      known !== undefined &&
      ((options.extent === 'all' && known.state === 'gone') || mustFetchAgain(known.item, item, manifest)),
    isSelected: choice.isSelected(item),
    isPossible: choice.isPossible(item),
  })
  switch (decision.kind) {
    case 'keep':
      if (options.expiredIds.has(item.id)) manifest.put({ ...entry, lookedAtMs: nowMs })
      return undefined
    case 'ignore':
      // What was wanted by another choice is not any more; the name that was kept for it is free.
      if (known !== undefined) manifest.remove(item.id)
      return undefined
    case 'wait': {
      const { reason } = decision
      manifest.put({ ...entry, item, state: 'waiting', lookedAtMs: nowMs, reason })
      return reason === entry.reason ? undefined : { type: 'waiting', id: item.id, reason }
    }
    case 'fetch': {
      const file = entry.file ?? freeName(item, options)
      manifest.put({ ...entry, item, state: 'wanted', file, lookedAtMs: nowMs, reason: null, announced: false })
      return undefined
    }
    default:
      return decision satisfies never
  }
}

function freeName(item: ExportItem, { namesOf, manifest }: RememberOptions): string {
  for (const file of namesOf(item)) {
    if (manifest.ownerOf(file) === undefined) return file
  }
  throw new Error('names never end')
}

function ageOf({ item }: Entry, newestMs: number | undefined): number {
  const createdMs = timeOf(item.create_time)
  return newestMs === undefined || createdMs === undefined ? 0 : newestMs - createdMs
}

/** What the API sends as a time need not be one. */
function timeOf(text: string): number | undefined {
  try {
    return parseTimestamp(text).getTime()
  } catch {
    return undefined
  }
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a > b ? a : b
}
