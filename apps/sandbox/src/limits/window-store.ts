import type { Database } from '../data/database.ts'
import { IN_MEMORY } from '../data/database.ts'
import type { WindowCount } from './window.ts'

/** Keeps the counts of each account's windows. */
export interface WindowStore {
  /** Reads and writes one account's counts without another write in between; undefined: nothing is written. */
  update<Result>(
    accountId: number,
    work: (counts: readonly (WindowCount | undefined)[]) => {
      next: readonly WindowCount[] | undefined
      result: Result
    },
  ): Result
  clear(): void
}

/** A database file is shared with other processes, and so are the counts; memory is not. */
export function windowStore(database: Database, windowsMs: readonly number[]): WindowStore {
  return database.location === IN_MEMORY ? memoryStore(windowsMs) : fileStore(database, windowsMs)
}

function memoryStore(windowsMs: readonly number[]): WindowStore {
  const counts = new Map<number, readonly WindowCount[]>()
  const nothing = windowsMs.map(() => undefined)
  return {
    update: (accountId, work) => {
      const { next, result } = work(counts.get(accountId) ?? nothing)
      if (next !== undefined) counts.set(accountId, next)
      return result
    },
    clear: () => counts.clear(),
  }
}

const READ = 'SELECT started_ms AS startedMs, used FROM window_counts WHERE account_id = ? AND window_ms = ?'
const WRITE = `INSERT INTO window_counts (account_id, window_ms, started_ms, used) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET started_ms = excluded.started_ms, used = excluded.used`

function fileStore(database: Database, windowsMs: readonly number[]): WindowStore {
  return {
    update: (accountId, work) =>
      database.write(() => {
        const read = database.prepare(READ)
        const counts = windowsMs.map((windowMs) => read.get(accountId, windowMs) as WindowCount | undefined)
        const { next, result } = work(counts)
        for (const [index, { startedMs, used }] of (next ?? []).entries()) {
          database.prepare(WRITE).run(accountId, windowsMs[index] ?? 0, startedMs, used)
        }
        return result
      }),
    clear: () => {
      database.write(() => database.prepare('DELETE FROM window_counts').run())
    },
  }
}
