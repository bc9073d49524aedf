import { randomUUID } from 'node:crypto'
import type { Database } from '../data/database.ts'

/** Counts the requests of an account that have not been answered to the end, over all processes on one database. */
export interface InFlight {
  /** Undefined when `limit` requests are under way; else a function that ends this one. */
  enter(accountId: number, limit: number): (() => void) | undefined
  close(): void
}

export function inFlightCounter(database: Database): InFlight {
  const owner = randomUUID()
  let isClosed = false
  const isFull = (accountId: number, limit: number): boolean => {
    const row = database.prepare('SELECT count(*) AS count FROM in_flight WHERE account_id = ?').get(accountId)
    return Number(row?.['count']) >= limit
  }
  return {
    enter: (accountId, limit) =>
      database.write(() => {
        if (isFull(accountId, limit)) forgetDeadProcesses(database)
        if (isFull(accountId, limit)) return undefined
        const { lastInsertRowid: id } = database
          .prepare('INSERT INTO in_flight (account_id, pid, owner) VALUES (?, ?, ?)')
          .run(accountId, process.pid, owner)
        return () => {
          if (!isClosed) database.prepare('DELETE FROM in_flight WHERE id = ?').run(id)
        }
      }),
    close: () => {
      isClosed = true
      database.prepare('DELETE FROM in_flight WHERE owner = ?').run(owner)
    },
  }
}

/** A process that was killed never says that its requests have ended. */
function forgetDeadProcesses(database: Database): void {
  for (const { pid } of database.prepare('SELECT DISTINCT pid FROM in_flight').all() as { pid: number }[]) {
    if (!isAlive(pid)) database.prepare('DELETE FROM in_flight WHERE pid = ?').run(pid)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: alive, but of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
