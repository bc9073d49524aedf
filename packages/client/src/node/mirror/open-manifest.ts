import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { ExportsError, isExportsError } from '../../errors.ts'
import { invalidOption } from '../../failures.ts'
import { codeOf } from '../file-error.ts'
import { fact, manifestOf } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { loadSqlite } from '../sqlite.ts'

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

export interface ManifestOptions {
  /** The SQLite file; made when it is not there. */
  readonly file: string
  /** What messages call the destination. */
  readonly name: string
  /** The API that the destination mirrors; another one is refused. */
  readonly baseUrl: string
  /** `plan`: a copy in memory, so that nothing is written. */
  readonly mode: 'run' | 'plan'
}

/**
 * Opens a manifest, or makes it. Others can read it at all times.
 * @throws ExportsError `invalid-options` when it is of another API, `file` when it cannot be used
 */
export function openManifest({ file, name, baseUrl, mode }: ManifestOptions): Manifest {
  const { DatabaseSync } = loadSqlite('mirror')
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(mode === 'run' ? file : ':memory:')
    // After a power failure the last changes may be missing: files that are there already are then recognised.
    if (mode === 'run') {
      database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    }
    prepare(database, name, file)
    if (mode === 'plan' && existsSync(file)) copyInto(database, new DatabaseSync(file, { readOnly: true }))
    checkBaseUrl(database, name, baseUrl)
    return manifestOf(database, withoutSlash(baseUrl))
  } catch (error) {
    database?.close()
    if (isExportsError(error)) throw error
    throw new ExportsError(
      'file',
      `The manifest of "${name}" cannot be used (${(error as Error).message}): make room for it, or delete "${file}"; files that are there are recognised`,
      { code: codeOf(error) ?? 'UNKNOWN', path: file, cause: error },
    )
  }
}

function prepare(database: DatabaseSync, name: string, file: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > SCHEMA_VERSION) {
    const message = `The manifest of "${name}" is of a newer version of this program: update it`
    throw new ExportsError('file', message, { code: 'NEWER_MANIFEST', path: file })
  }
  if (version < SCHEMA_VERSION) database.exec(`BEGIN; ${version === 0 ? SCHEMA : FROM_VERSION_1} COMMIT`)
}

function copyInto(database: DatabaseSync, original: DatabaseSync): void {
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

function checkBaseUrl(database: DatabaseSync, name: string, baseUrl: string): void {
  const given = withoutSlash(baseUrl)
  const mirrored = fact(database, 'base-url')
  if (mirrored !== undefined && mirrored !== given) {
    throw invalidOption('destination', name, `mirrors ${mirrored}: give another destination for ${given}`)
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}
