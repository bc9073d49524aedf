import type { ExportItem } from '../../export-item.ts'
import type { Entry } from './entry.ts'

/** What is to be done with an export that the API has listed. */
export type Decision =
  | { readonly kind: 'fetch' }
  /** The destination has it, or waits for it, already. */
  | { readonly kind: 'keep' }
  /** Not asked for, and not remembered. */
  | { readonly kind: 'ignore' }
  /** Not ready: it is looked at again. */
  | { readonly kind: 'wait'; readonly reason: string }

export interface DecideOptions {
  readonly item: Pick<ExportItem, 'status' | 'failure_reason'>
  readonly entry: Pick<Entry, 'state'> | undefined
  /** Whether it was made again since its file was fetched or refused; see `isRemade`. */
  readonly isRemade: boolean
  readonly isSelected: boolean
  /** Whether it can be asked for at all, whatever becomes of it: it is new enough, and of the right kind. */
  readonly isPossible: boolean
}

/**
 * What to do with one export. The API's word alone counts: no clock of this machine decides whether an export has
 * expired, because one that is wrong would lose exports.
 */
export function decide({ item, entry, isRemade, isSelected, isPossible }: DecideOptions): Decision {
  const { status, failure_reason: failureReason } = item
  if (entry?.state === 'saved') {
    return { kind: isRemade && status === 'ready' && isPossible && isSelected ? 'fetch' : 'keep' }
  }
  if (!isPossible) return { kind: 'ignore' }
  if (status !== 'ready') {
    // What is not ready may change, so other conditions are not asked yet.
    const why = failureReason ? `: ${failureReason}` : ''
    return { kind: 'wait', reason: `its status is ${status}${why}` }
  }
  if (!isSelected) return { kind: 'ignore' }
  if (entry?.state === 'gone' && !isRemade) return { kind: 'keep' }
  return { kind: 'fetch' }
}

/** The longest time for which an export that waits is not looked at. */
const LONGEST_PAUSE_MS = 12 * 3_600_000

export interface DueOptions {
  readonly nowMs: number
  /** By the API's times, how much older the export is than the newest one, in milliseconds. */
  readonly ageMs: number
}

/**
 * Whether an export that is not ready is looked at again: after a tenth of the time for which it has not been, at most
 * twelve hours. So what has just been asked for is looked at often, and what has failed long ago costs next to nothing.
 */
export function isDue({ seenAtMs, lookedAtMs }: Entry, { nowMs, ageMs }: DueOptions): boolean {
  // The clock was set back.
  if (nowMs < lookedAtMs) return true
  const waitedMs = Math.max(lookedAtMs - seenAtMs, ageMs)
  return nowMs - lookedAtMs >= Math.min(waitedMs / 10, LONGEST_PAUSE_MS)
}
