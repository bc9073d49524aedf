import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from '@hood-exports/command-line'
import { CommandError, isExpected } from '../command-error.ts'
import { ensureFolder } from '../ensure-folder.ts'
import { fact, manifestOf } from './manifest.ts'
import type { Manifest } from './manifest.ts'

export const MANIFEST_FOLDER = '.hood-exports'
const FILE = 'manifest.sqlite'
const SCHEMA_VERSION = 1

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
    reason TEXT,
    item TEXT NOT NULL
  ) STRICT;
  CREATE INDEX by_state ON exports (state, id);
  CREATE INDEX by_name_key ON exports (name_key);
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`

export interface OpenOptions {
  readonly directory: string
  /** The API that the folder mirrors; another one is refused. */
  readonly baseUrl: string
  /** `copy`: in memory, for a run that writes nothing. */
  readonly access: 'write' | 'copy'
}

/**
 * Opens the manifest of a folder, or makes it. The lock on it ends with the process, however that ends.
 * @throws CommandError when another sync works on the folder, when it mirrors another API, or cannot be written.
 */
export function openManifest({ directory, baseUrl, access }: OpenOptions): Manifest {
  const database = access === 'write' ? openFile(directory) : new DatabaseSync(':memory:')
  try {
    if (access === 'write') lock(database)
    prepare(database, directory)
    if (access === 'copy') copyInto(database, directory)
    checkBaseUrl(database, directory, baseUrl)
  } catch (error) {
    database.close()
    if (isExpected(error)) throw error
    throw refusal(directory, error)
  }
  return manifestOf(database, withoutSlash(baseUrl))
}

function openFile(directory: string): DatabaseSync {
  try {
    ensureFolder(join(directory, MANIFEST_FOLDER, 'staging'))
    return new DatabaseSync(join(directory, MANIFEST_FOLDER, FILE))
  } catch (error) {
    throw new CommandError(
      'folder',
      `The folder "${directory}" cannot be written to (${reasonOf(error)}): give another one, or permission`,
      { cause: error },
    )
  }
}

/** The lock that the first write takes is kept until the connection is closed. */
function lock(database: DatabaseSync): void {
  // After a power failure the last changes may be missing: files that are there already are then recognised.
  database.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = NORMAL; BEGIN EXCLUSIVE; COMMIT')
}

function prepare(database: DatabaseSync, directory: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > SCHEMA_VERSION) {
    throw new CommandError('folder', `The manifest of "${directory}" is of a newer version of this program: update it`)
  }
  if (version === 0) database.exec(`BEGIN; ${SCHEMA} COMMIT`)
}

function copyInto(database: DatabaseSync, directory: string): void {
  const file = join(directory, MANIFEST_FOLDER, FILE)
  if (!existsSync(file)) return
  const original = new DatabaseSync(file, { readOnly: true })
  try {
    for (const table of ['exports', 'facts']) {
      for (const row of original.prepare(`SELECT * FROM ${table}`).iterate()) {
        const names = Object.keys(row)
        const places = names.map(() => '?').join(', ')
        database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`).run(...Object.values(row))
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

function refusal(directory: string, error: unknown): CommandError {
  const reason = reasonOf(error)
  if (isBusy(error)) {
    return new CommandError(
      'locked',
      `Another sync works on "${directory}": wait for its end, or give another folder`,
      {
        cause: error,
      },
    )
  }
  return new CommandError(
    'folder',
    `The manifest of "${directory}" cannot be used (${reason}): make room for it, or delete "${join(directory, MANIFEST_FOLDER)}"; files that are there are recognised`,
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
