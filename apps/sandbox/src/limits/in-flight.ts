import { randomUUID } from 'node:crypto'
import type { Database } from '../data/database.ts'

/** Counts the requests of an account that have not been answered to the end, over all processes on one database. */
export interface InFlight {
  /** Undefined when `limit` requests are under way; else a function that ends this one. */
  enter(accountId: number, limit: number): (() => void) | undefined
  close(): void
}

const COUNT = 'SELECT coalesce(sum(count), 0) AS count FROM in_flight WHERE account_id = ?'
const ADD = `INSERT INTO in_flight (account_id, pid, owner, count) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = max(0, count + excluded.count)`

export function inFlightCounter(database: Database): InFlight {
  const owner = randomUUID()
  let isClosed = false
  const count = (accountId: number): number => Number(database.prepare(COUNT).get(accountId)?.['count'])
  const add = (accountId: number, change: number): void => {
    database.prepare(ADD).run(accountId, process.pid, owner, change)
  }
  return {
    enter: (accountId, limit) => {
      const isAllowed = database.write(() => {
        if (count(accountId) >= limit) {
          forgetDeadProcesses(database)
          if (count(accountId) >= limit) return false
        }
        add(accountId, 1)
        return true
      })
      if (!isAllowed) return undefined
      let hasLeft = false
      return () => {
        if (hasLeft || isClosed) return
        hasLeft = true
        database.write(() =>
          database
            .prepare('UPDATE in_flight SET count = max(0, count - 1) WHERE account_id = ? AND owner = ?')
            .run(accountId, owner),
        )
      }
    },
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
