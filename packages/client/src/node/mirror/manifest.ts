import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { ExportItem } from '../../export-item.ts'
import type { Entry } from './entry.ts'
import { nameKey } from './file-names.ts'

/** How far the last complete walk through the list has come. */
export interface Watermark {
  /** The newest creation time that it has seen. */
  readonly createTime: string
  /** Which exports were asked for: another choice makes the list be read anew. */
  readonly selection: string
}

/** The memory of a destination. One run at a time has it. */
export interface Manifest {
  get(id: string): Entry | undefined
  put(entry: Entry): void
  remove(id: string): void
  ids(): readonly string[]
  /** In no order; what is walked may be changed meanwhile. */
  inState(state: Entry['state']): Generator<Entry, void, undefined>
  /** What is to be fetched; what expires first comes first, then what is newest. */
  wantedIds(): readonly string[]
  /** The export that a file name belongs to, or one that some file system takes for the same. */
  ownerOf(file: string): string | undefined
  /** Saved files that a killed run has not announced. */
  unannounced(): readonly Entry[]
  /** Saved files that have as many bytes as the API announces, and those that have not. */
  sizes(): { readonly matching: number; readonly differing: number }
  /** Re-downloads for a new `update_time` alone that brought the same bytes, since one brought others. */
  vainUpdates(): number
  setVainUpdates(count: number): void
  watermark(): Watermark | undefined
  setWatermark(watermark: Watermark): void
  /** Whose exports the destination has: the `company_id` of the first one that was listed. */
  company(): string | undefined
  setCompany(id: string): void
  /** Whether there is an export that is saved, wanted or waited for. */
  isInUse(): boolean
  /** All of it or nothing; faster than one by one. */
  together(change: () => void): void
  /** Writes a copy of it, as it is now, into a new file. */
  snapshot(path: string): void
  close(): void
}

/** Rows that are read at once: what is walked need not fit into memory. */
const BATCH = 500

/** @param baseUrl of the API, which the destination is bound to when that has given something */
export function manifestOf(database: DatabaseSync, baseUrl: string): Manifest {
  const put = database.prepare(`
    INSERT OR REPLACE INTO exports
      (id, state, file, name_key, bytes, sha256, mtime_ms, saved_at_ms, seen_at_ms, looked_at_ms, announced, reason, item)
    VALUES ($id, $state, $file, $nameKey, $bytes, $sha256, $stamp, $savedAtMs, $seenAtMs, $lookedAtMs, $announced,
      $reason, $item)
  `)
  const get = database.prepare('SELECT * FROM exports WHERE id = ?')
  const batch = database.prepare('SELECT * FROM exports WHERE state = ? AND id > ? ORDER BY id LIMIT ?')
  const owner = database.prepare('SELECT id FROM exports WHERE name_key = ?')
  return {
    get(id) {
      const row = get.get(id)
      return row && entryOf(row)
    },
    put({ item, announced, ...entry }) {
      const key = entry.file === null ? null : nameKey(entry.file)
      put.run({ ...entry, announced: Number(announced), id: item.id, nameKey: key, item: JSON.stringify(item) })
    },
    remove: (id) => void database.prepare('DELETE FROM exports WHERE id = ?').run(id),
    ids: () =>
      database
        .prepare('SELECT id FROM exports')
        .all()
        .map(({ id }) => String(id)),
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
    unannounced: () =>
      database
        .prepare("SELECT * FROM exports WHERE state = 'saved' AND announced = 0")
        .all()
        .map((row) => entryOf(row)),
    sizes() {
      const row = database
        .prepare(
          `SELECT count(*) FILTER (WHERE bytes = item ->> 'size') AS matching,
             count(*) FILTER (WHERE bytes <> item ->> 'size') AS differing FROM exports WHERE state = 'saved'`,
        )
        .get()
      return { matching: Number(row?.['matching']), differing: Number(row?.['differing']) }
    },
    vainUpdates: () => Number(fact(database, 'vain-updates') ?? 0),
    setVainUpdates: (count) => setFact(database, 'vain-updates', String(count)),
    watermark() {
      const text = fact(database, 'watermark')
      return text === undefined ? undefined : (JSON.parse(text) as Watermark)
    },
    setWatermark: (watermark) => setFact(database, 'watermark', JSON.stringify(watermark)),
    company: () => fact(database, 'company'),
    setCompany: (id) => setFact(database, 'company', id),
    isInUse: () => database.prepare("SELECT 1 FROM exports WHERE state <> 'gone' LIMIT 1").get() !== undefined,
    together(change) {
      database.exec('BEGIN')
      try {
        change()
        // Only now: an address that was mistyped has given nothing.
        setFact(database, 'base-url', baseUrl)
        database.exec('COMMIT')
      } catch (error) {
        rollBack(database)
        throw error
      }
    },
    snapshot: (path) => void database.prepare('VACUUM INTO ?').run(path),
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

/** A full disk has ended the transaction already. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // What ended it is thrown.
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
    stamp: row['mtime_ms'],
    savedAtMs: row['saved_at_ms'],
    seenAtMs: row['seen_at_ms'],
    lookedAtMs: row['looked_at_ms'],
    announced: row['announced'] === 1,
    reason,
  } as Entry
}

/** What is known of the destination as a whole. */
export function fact(database: DatabaseSync, name: string): string | undefined {
  const value = database.prepare('SELECT value FROM facts WHERE name = ?').get(name)?.['value']
  return typeof value === 'string' ? value : undefined
}

function setFact(database: DatabaseSync, name: string, value: string): void {
  database.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)').run(name, value)
}
