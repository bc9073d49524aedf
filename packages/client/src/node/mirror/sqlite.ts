import { ExportsError } from '../../errors.ts'

/**
 * SQLite, as Node brings it; loaded only where a manifest is kept.
 * @throws ExportsError `file` where the runtime has none
 */
export async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  try {
    return await import('node:sqlite')
  } catch (error) {
    throw new ExportsError('file', 'A mirror keeps its manifest with node:sqlite: Node 22.13 or newer has it', {
      code: 'NO_SQLITE',
      path: 'node:sqlite',
      cause: error,
    })
  }
}

/** SQLITE_BUSY: another process has the lock. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
