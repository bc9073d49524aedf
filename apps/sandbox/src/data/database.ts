import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue, StatementSync } from 'node:sqlite'

/** SQLite, whose statements stay prepared. */
export interface Database {
  readonly location: string
  prepare(sql: string): StatementSync
  exec(sql: string): void
  /** Adds a function to SQL, whose result follows from its arguments. */
  addFunction(name: string, call: (...values: SQLOutputValue[]) => SQLOutputValue): void
  /** Runs `work` in a transaction that writes; a throw undoes it. Not to be nested. */
  write<Result>(work: () => Result): Result
  /** Runs `work` in a writing transaction if `isNeeded` says so inside it; for what only the first process does. */
  ensure(isNeeded: () => boolean, work: () => void): void
  close(): void
}

export const IN_MEMORY = ':memory:'

/** Queries are made of fields, orders and searches, so there is no end of different ones. */
const MAX_STATEMENTS = 256

/** How long to wait for another process that writes to the same file. */
const BUSY_TIMEOUT_MS = 5_000
const ENSURE_TIMEOUT_MS = 600_000

export function openDatabase(location: string): Database {
  const connection = open(location)
  const statements = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    if (statements.size >= MAX_STATEMENTS) statements.clear()
    statements.set(sql, statement)
    return statement
  }
  const write = <Result>(work: () => Result): Result => {
    // `immediate` takes the write lock before anything is read: what is read stays true until the commit.
    prepare('BEGIN IMMEDIATE').run()
    try {
      const result = work()
      prepare('COMMIT').run()
      return result
    } catch (error) {
      prepare('ROLLBACK').run()
      throw error
    }
  }
  return {
    location,
    prepare,
    exec: (sql) => connection.exec(sql),
    addFunction: (name, call) => connection.function(name, { deterministic: true, varargs: true }, call),
    write,
    ensure: (isNeeded, work) => {
      if (!isNeeded()) return
      // Another process may be making its millions of items right now.
      connection.exec(`PRAGMA busy_timeout = ${ENSURE_TIMEOUT_MS}`)
      try {
        write(() => isNeeded() && work())
      } finally {
        connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
      }
    },
    close: () => {
      connection.close()
    },
  }
}

function open(location: string): DatabaseSync {
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(location)
    connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    // A committed write survives the end of the process in every mode; NORMAL also survives a power cut in WAL mode,
    // except for the last commits.
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY')
    connection.exec('PRAGMA cache_size = -65536')
    return connection
  } catch (error) {
    connection?.close()
    throw new Error(`The database file "${location}" cannot be opened: give a path that can be written`, {
      cause: error,
    })
  }
}
