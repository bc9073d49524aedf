import type { Database } from '../data/database.ts'
import type { WindowCount } from './window.ts'

/** Keeps the counts of each account's windows; processes on one database share them. */
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

const READ = 'SELECT started_ms AS startedMs, used FROM window_counts WHERE account_id = ? AND window_ms = ?'
const WRITE = `INSERT INTO window_counts (account_id, window_ms, started_ms, used) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET started_ms = excluded.started_ms, used = excluded.used`

export function windowStore(database: Database, windowsMs: readonly number[]): WindowStore {
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
