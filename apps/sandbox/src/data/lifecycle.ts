import { RETENTION_SECONDS } from '../choices.ts'
import type { Database } from './database.ts'
import { storeText } from './item-store.ts'
import { FAILURE_REASONS } from './vocabulary.ts'

/** How long an attempt takes after it has waited in the queue. */
const ATTEMPT_SECONDS = 30

/**
 * queued → processing → ready → expired, or processing → failed. Each change is written when its time has come, at
 * the time at which it was due, however late somebody looks.
 */
const CHANGES: readonly string[] = [
  `UPDATE items SET status = 'processing', attempt_count = attempt_count + 1, update_time = datetime(due, 'unixepoch'),
     due = due + ${ATTEMPT_SECONDS}
   WHERE due <= ?1 AND status = 'queued'`,
  `UPDATE items SET status = 'ready', size = planned_size, attempt_count = max(attempt_count, 1),
     update_time = datetime(due, 'unixepoch'), expire_time = datetime(due + ${RETENTION_SECONDS}, 'unixepoch'),
     due = due + ${RETENTION_SECONDS}, outcome = NULL, planned_size = NULL
   WHERE due <= ?1 AND status = 'processing' AND outcome = 'ready'`,
  `UPDATE items SET status = 'failed', failure_reason_id = ?2, update_time = datetime(due, 'unixepoch'), due = NULL,
     outcome = NULL, planned_size = NULL
   WHERE due <= ?1 AND status = 'processing'`,
  `UPDATE items SET status = 'expired', update_time = datetime(due, 'unixepoch'), due = NULL
   WHERE due <= ?1 AND status = 'ready'`,
]

/** Brings every export up to date. */
export function applyDueChanges(database: Database, now: number): void {
  database.write(() => {
    const reason = storeText(database, FAILURE_REASONS[0])
    for (const change of CHANGES) {
      database.prepare(change).run(...(change.includes('?2') ? [now, reason] : [now]))
    }
    // A status that nothing is known about does not change by itself.
    database.prepare('UPDATE items SET due = NULL WHERE due <= ?').run(now)
  })
}
