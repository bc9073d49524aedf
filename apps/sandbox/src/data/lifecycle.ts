import { RETENTION_SECONDS } from '../made-up.ts'
import type { Database } from './database.ts'
import { fold } from './fold.ts'
import { FAILURE_REASONS } from './vocabulary.ts'

/** Whether the file of an export is still to come. */
export function isBeingPrepared(status: string): boolean {
  return status === 'queued' || status === 'processing'
}

/**
 * queued → processing → ready → expired, or processing → failed. Each change is written when its time has come, at
 * the time at which it was due, however late a request comes. An attempt is counted when it is asked for; why the one
 * before failed stands there until it ends.
 */
const CHANGES: readonly string[] = [
  `UPDATE items SET status = 'processing', update_time = datetime(due, 'unixepoch'), due = due + attempt_seconds,
     attempt_seconds = NULL
   WHERE due <= ?1 AND status = 'queued'`,
  `UPDATE items SET status = 'ready', size = planned_size, failure_reason = NULL, failure_reason_folded = NULL,
     update_time = datetime(due, 'unixepoch'), expire_time = datetime(due + ${RETENTION_SECONDS}, 'unixepoch'),
     due = due + ${RETENTION_SECONDS}, outcome = NULL, planned_size = NULL
   WHERE due <= ?1 AND status = 'processing' AND outcome = 'ready'`,
  `UPDATE items SET status = 'failed', failure_reason = ?2, failure_reason_folded = ?3, update_time = datetime(due, 'unixepoch'), due = NULL,
     outcome = NULL, planned_size = NULL
   WHERE due <= ?1 AND status = 'processing'`,
  `UPDATE items SET status = 'expired', update_time = datetime(due, 'unixepoch'), due = NULL
   WHERE due <= ?1 AND status = 'ready'`,
]

const NEXT_DUE = 'SELECT min(due) AS due FROM items WHERE due IS NOT NULL'

/** Brings every export up to date. @param now Sandbox time, in whole seconds. */
export function applyDueChanges(database: Database, now: number): void {
  const due = database.prepare(NEXT_DUE).get()?.['due'] ?? Infinity
  if (Number(due) > now) return
  const [reason] = FAILURE_REASONS
  database.write(() => {
    for (const change of CHANGES) {
      database.prepare(change).run(...(change.includes('?2') ? [now, reason, fold(reason)] : [now]))
    }
    // A status that is not known here does not change by itself.
    database.prepare('UPDATE items SET due = NULL WHERE due <= ?').run(now)
  })
}
