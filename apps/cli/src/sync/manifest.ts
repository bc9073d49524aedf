import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLOutputValue } from 'node:sqlite'
import type { ExportItem } from '@hood-exports/client'
import { CommandError } from '../command-error.ts'
import type { Entry } from './entry.ts'
import { nameKey } from './file-names.ts'

/** How far the last complete walk through the list has come. */
export interface Watermark {
  /** The newest creation time that it has seen. */
  readonly createTime: string
  /** Which exports were asked for: another choice makes the list be read anew. */
  readonly selection: string
}

/** The memory of a folder. One process at a time has it, for as long as it runs. */
export interface Manifest {
  get(id: string): Entry | undefined
  put(entry: Entry): void
  remove(id: string): void
  /** In no order; what is walked may be changed meanwhile. */
  inState(state: Entry['state']): Generator<Entry, void, undefined>
  /** What is to be fetched; what expires first comes first, then what is newest. */
  wantedIds(): readonly string[]
  /** The export that a file name belongs to, or one that some file system takes for the same. */
  ownerOf(file: string): string | undefined
  watermark(): Watermark | undefined
  setWatermark(watermark: Watermark): void
  /** All of it or nothing; faster than one by one. */
  together(change: () => void): void
  close(): void
}

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
    if (error instanceof CommandError) throw error
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

/** Not Node's `recursive`, which tells a wrong reason where nothing can be written, and does not end in `/proc`. */
function ensureFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    ensureFolder(dirname(path))
    mkdirSync(path)
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
    throw new CommandError('usage', `The folder "${directory}" mirrors ${mirrored}: give another folder for ${given}`)
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

function fact(database: DatabaseSync, name: string): string | undefined {
  const value = database.prepare('SELECT value FROM facts WHERE name = ?').get(name)?.['value']
  return typeof value === 'string' ? value : undefined
}

function setFact(database: DatabaseSync, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)').run(name, value)
}

/** Rows that are read at once: what is walked need not fit into memory. */
const BATCH = 500

function manifestOf(database: DatabaseSync, baseUrl: string): Manifest {
  const put = database.prepare(`
    INSERT OR REPLACE INTO exports
      (id, state, file, name_key, bytes, sha256, mtime_ms, saved_at_ms, seen_at_ms, looked_at_ms, reason, item)
    VALUES ($id, $state, $file, $nameKey, $bytes, $sha256, $mtimeMs, $savedAtMs, $seenAtMs, $lookedAtMs, $reason, $item)
  `)
  const get = database.prepare('SELECT * FROM exports WHERE id = ?')
  const batch = database.prepare('SELECT * FROM exports WHERE state = ? AND id > ? ORDER BY id LIMIT ?')
  const owner = database.prepare('SELECT id FROM exports WHERE name_key = ?')
  return {
    get(id) {
      const row = get.get(id)
      return row && entryOf(row)
    },
    put({ item, ...entry }) {
      const key = entry.file === null ? null : nameKey(entry.file)
      put.run({ ...entry, id: item.id, nameKey: key, item: JSON.stringify(item) })
    },
    remove: (id) => void database.prepare('DELETE FROM exports WHERE id = ?').run(id),
    *inState(state) {
      let last = ''
      for (;;) {
        const entries = batch.all(state, last, BATCH).map((row) => entryOf(row))
        yield* entries
        if (entries.length < BATCH) return
        last = entries.at(-1)?.item.id ?? ''
      }
    },
    wantedIds: () =>
      database
        .prepare(
          `SELECT id FROM exports WHERE state = 'wanted'
           ORDER BY coalesce(item ->> 'expire_time', '9999'), item ->> 'create_time' DESC, id`,
        )
        .all()
        .map(({ id }) => String(id)),
    ownerOf(file) {
      const id = owner.get(nameKey(file))?.['id']
      return typeof id === 'string' ? id : undefined
    },
    watermark() {
      const text = fact(database, 'watermark')
      return text === undefined ? undefined : (JSON.parse(text) as Watermark)
    },
    setWatermark: (watermark) => setFact(database, 'watermark', JSON.stringify(watermark)),
    together(change) {
      database.exec('BEGIN')
      try {
        change()
        // Only now: an address that was mistyped has given nothing.
        setFact(database, 'base-url', baseUrl)
        database.exec('COMMIT')
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    close() {
      try {
        // One file is left, that can be read where nothing can be written.
        database.exec('PRAGMA journal_mode = DELETE')
      } catch {
        // On a disk that is full there are two; the next run reads both.
      }
      database.close()
    },
  }
}

function entryOf(row: Readonly<Record<string, SQLOutputValue>>): Entry {
  const { state, file, bytes, sha256, reason, item } = row
  return {
    item: JSON.parse(String(item)) as ExportItem,
    state,
    file,
    bytes,
    sha256,
    mtimeMs: row['mtime_ms'],
    savedAtMs: row['saved_at_ms'],
    seenAtMs: row['seen_at_ms'],
    lookedAtMs: row['looked_at_ms'],
    reason,
  } as Entry
}

function refusal(directory: string, error: unknown): CommandError {
  const reason = reasonOf(error)
  if (/locked|busy/i.test(reason)) {
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
