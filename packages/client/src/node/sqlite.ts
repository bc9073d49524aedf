import { ExportsError } from '../errors.ts'

/**
 * SQLite, as Node brings it; loaded where it is used, so that the rest works without.
 * @param what needs it
 * @throws ExportsError `file` where the runtime has none
 */
export function loadSqlite(what: string): typeof import('node:sqlite') {
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined
  if (sqlite !== undefined) return sqlite
  const message = `${what} needs node:sqlite, of Node 22.13 or newer; this is ${process.version}`
  throw new ExportsError('file', message, { code: 'NO_SQLITE', path: 'node:sqlite' })
}

/** SQLITE_BUSY: another process has the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
