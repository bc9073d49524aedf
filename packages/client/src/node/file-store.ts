import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { exchangePlaces } from '../rate-limit/shared/exchange-places.ts'
import type { AccountState } from '../rate-limit/shared/exchange-places.ts'
import type { ExchangeReply, ExchangeRequest, Store } from '../rate-limit/shared/store.ts'
import { loadSqlite } from './sqlite.ts'

export interface FileStoreOptions {
  /** Made where there is none, for its owner alone, as are missing folders. On a disk of this machine. */
  readonly file: string
  /** Names the account; all processes that use it give the same. Never the token. */
  readonly account: string
  /** All processes share its `wallNow()`. Default: the system's. */
  readonly clock?: Clock | undefined
}

export interface FileStore extends Store {
  /** Closes the file; the next exchange opens it again. */
  close(): void
}

/** Marks a file of ours: `hoo`, and the number of its layout. */
const APPLICATION_ID = 0x68_6f_6f_02
const LAYOUT = `
  CREATE TABLE account (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID}`
/** Another process holds the file for a fraction of a millisecond. */
const BUSY_MS = 500
/** What SQLite says of a file that is broken, and of one that is none of its own. */
const [BROKEN, FOREIGN] = [11, 26]

/**
 * The places of an account in a file, for all processes of a machine: no server, and nothing to clean up after a crash.
 * Needs `node:sqlite`, which Node has from 22.13 on. Waiting for another process blocks, for half a second at most.
 *
 * A file that is broken, or was made by another program or a newer version, is left as it is: every exchange rejects with an error that
 * says so, and a limiter goes on in its part of the quota. A file of an older layout is emptied: what it tells is past in
 * a minute.
 * @throws TypeError for an account without a name; ExportsError `file` where there is no `node:sqlite`
 */
export function createFileStore({ file, account, clock = systemClock }: FileStoreOptions): FileStore {
  if (typeof account !== 'string' || account === '') {
    throw new TypeError('account is empty, or no text: give a name that all processes of the account share')
  }
  const { DatabaseSync } = loadSqlite('createFileStore')
  let open: { readonly database: DatabaseSync; readonly inode: number } | undefined

  function close(): void {
    open?.database.close()
    open = undefined
  }

  function opened(): DatabaseSync {
    // Deleted while it was open: others have made another.
    if (open && statSync(file, { throwIfNoEntry: false })?.ino !== open.inode) close()
    if (!open) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      closeSync(openSync(file, 'a', 0o600))
      open = { database: new DatabaseSync(file), inode: statSync(file).ino }
      prepare(open.database)
    }
    return open.database
  }

  function exchange(request: ExchangeRequest): ExchangeReply {
    const database = opened()
    database.exec('BEGIN IMMEDIATE')
    const row = database.prepare('SELECT state FROM account WHERE name = ?').get(account)
    const known = row && (JSON.parse(String(row['state'])) as AccountState)
    const { state, reply } = exchangePlaces(known, request, clock.wallNow())
    database.prepare('INSERT OR REPLACE INTO account (name, state) VALUES (?, ?)').run(account, JSON.stringify(state))
    database.exec('COMMIT')
    return reply
  }

  return {
    close,
    async exchange(request) {
      try {
        return await Promise.resolve(exchange(request))
      } catch (error) {
        // Rolls back.
        close()
        const { errcode } = error as { readonly errcode?: number }
        if (errcode !== BROKEN && errcode !== FOREIGN) throw error
        throw new Error(`${file} is broken, or no file of createFileStore: give another, or delete it`, {
          cause: error,
        })
      }
    },
  }
}

/** Makes the tables of an empty file or of an older layout, and refuses others. */
function prepare(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; BEGIN IMMEDIATE`)
  const id = Number(database.prepare('PRAGMA application_id').get()?.['application_id'])
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  if (tables.length > 0 && (id >> 8 !== APPLICATION_ID >> 8 || id > APPLICATION_ID)) {
    throw Object.assign(new Error('It has other tables'), { errcode: FOREIGN })
  }
  if (id !== APPLICATION_ID) {
    for (const { name } of tables) database.exec(`DROP TABLE "${String(name)}"`)
    database.exec(LAYOUT)
  }
  database.exec('COMMIT; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
}
