import { systemClock } from '../../clock.ts'
import type { Clock } from '../../clock.ts'
import type { LogEntry, Store } from './store.ts'

/** A store in this process, for limiters that do not know of each other; and for tests. */
export function createMemoryStore({ clock = systemClock }: { readonly clock?: Clock | undefined } = {}): Store {
  const begunAtMs = clock.now()
  let log: LogEntry[] = []
  /** Entries that were dropped before the first of the log. */
  let dropped = 0

  return {
    exchange({ cursor, reports, claim, keptMs }) {
      const nowMs = clock.now()
      const from = Math.max(0, Number(cursor) - dropped)
      const append = (texts: readonly string[]): void => {
        for (const text of texts) log.push({ atMs: nowMs, text })
      }
      const isClaimed = claim !== undefined && from === log.length && nowMs >= claim.notBeforeMs
      append(reports)
      if (isClaimed) append(claim.entries)
      const entries = log.slice(from)
      const stale = log.findIndex(({ atMs }) => atMs > nowMs - keptMs)
      if (stale > 0) {
        dropped += stale
        log = log.slice(stale)
      }
      const end = String(dropped + log.length)
      return Promise.resolve({ nowMs, cursor: end, begunAtMs, isAnew: false, isClaimed, entries })
    },
  }
}
