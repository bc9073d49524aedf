import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from '@hood-exports/command-line'
import { CommandError, isExpected } from '../command-error.ts'
import { ensureFolder } from '../ensure-folder.ts'
import { fact, manifestOf } from './manifest.ts'
import type { Manifest } from './manifest.ts'

export const MANIFEST_FOLDER = '.hood-exports'
const SCHEMA_VERSION = 2

const SCHEMA = `
  CREATE TABLE exports (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    file TEXT,
    name_key TEXT,
    bytes INTEGER,
    sha256 TEXT,
    mtime_ms REAL,
    saved_at_ms REAL,
    seen_at_ms REAL NOT NULL,
    looked_at_ms REAL NOT NULL,
    announced INTEGER NOT NULL,
    reason TEXT,
    item TEXT NOT NULL
  ) STRICT;
  CREATE INDEX by_state ON exports (state, id);
  CREATE INDEX by_name_key ON exports (name_key);
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

/** Version 1 did not know which files it had printed: all of them, as far as can be told. */
const FROM_VERSION_1 = `
  ALTER TABLE exports ADD COLUMN announced INTEGER NOT NULL DEFAULT 1;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

export interface OpenOptions {
  readonly directory: string
  /** The file of the manifest. Default: in the folder. */
  readonly state: string | undefined
  /** The API that the folder mirrors; another one is refused. */
  readonly baseUrl: string
  /** `copy`: in memory, for a run that writes nothing. */
  readonly access: 'write' | 'copy'
}

/**
 * Opens the manifest of a folder, or makes it. Others can read it at all times. The lock on the folder ends with the
 * process, however that ends.
 * @throws CommandError when another sync works on the folder, when it mirrors another API, or cannot be written.
 */
export function openManifest({ directory, state, baseUrl, access }: OpenOptions): Manifest {
  const file = state ?? join(directory, MANIFEST_FOLDER, 'manifest.sqlite')
  const opened: DatabaseSync[] = []
  const open = (path: string): DatabaseSync => {
    const database = new DatabaseSync(path)
    opened.push(database)
    return database
  }
  try {
    if (access === 'write') {
      makeFolders(directory, file)
      open(join(directory, MANIFEST_FOLDER, 'lock')).exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    }
    const database = open(access === 'write' ? file : ':memory:')
    // After a power failure the last changes may be missing: files that are there already are then recognised.
    if (access === 'write')
      database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    prepare(database, directory)
    if (access === 'copy') copyInto(database, file)
    checkBaseUrl(database, directory, baseUrl)
    const manifest = manifestOf(database, withoutSlash(baseUrl))
    return {
      ...manifest,
      close() {
        manifest.close()
        for (const lock of opened.slice(0, -1)) lock.close()
      },
    }
  } catch (error) {
    for (const database of opened) database.close()
    if (isExpected(error)) throw error
    throw refusal(directory, file, error)
  }
}

function makeFolders(directory: string, file: string): void {
  try {
    ensureFolder(join(directory, MANIFEST_FOLDER, 'staging'))
    ensureFolder(dirname(file))
  } catch (error) {
    throw new CommandError(
      'folder',
      `The folder "${directory}" cannot be written to (${reasonOf(error)}): give another one, or permission`,
      { cause: error },
    )
  }
}

function prepare(database: DatabaseSync, directory: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > SCHEMA_VERSION) {
    throw new CommandError('folder', `The manifest of "${directory}" is of a newer version of this program: update it`)
  }
  if (version < SCHEMA_VERSION) database.exec(`BEGIN; ${version === 0 ? SCHEMA : FROM_VERSION_1} COMMIT`)
}

function copyInto(database: DatabaseSync, file: string): void {
  if (!existsSync(file)) return
  const original = new DatabaseSync(file, { readOnly: true })
  try {
    for (const table of ['exports', 'facts']) {
      for (const row of original.prepare(`SELECT * FROM ${table}`).iterate()) {
        const values = { ...(table === 'exports' && { announced: 1 }), ...row }
        const names = Object.keys(values)
        const places = names.map(() => '?').join(', ')
        database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`).run(...Object.values(values))
      }
    }
  } finally {
    original.close()
  }
}

function checkBaseUrl(database: DatabaseSync, directory: string, baseUrl: string): void {
  const given = withoutSlash(baseUrl)
  const mirrored = fact(database, 'base-url')
  if (mirrored !== undefined && mirrored !== given) {
    throw new UsageError(`The folder "${directory}" mirrors ${mirrored}: give another folder for ${given}`)
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function refusal(directory: string, file: string, error: unknown): CommandError {
  if (isBusy(error)) {
    return new CommandError(
      'locked',
      `Another sync works on "${directory}": wait for its end, or give another folder`,
      { cause: error },
    )
  }
  return new CommandError(
    'folder',
    `The manifest of "${directory}" cannot be used (${reasonOf(error)}): make room for it, or delete "${file}"; files that are there are recognised`,
    { cause: error },
  )
}

/** SQLITE_BUSY: another process has the lock. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
