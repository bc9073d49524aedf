import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { systemClock } from '../clock.ts'
import type { Clock } from '../clock.ts'
import { exchangePlaces } from '../rate-limit/shared/exchange-places.ts'
import type { AccountFacts, Places } from '../rate-limit/shared/exchange-places.ts'
import type { ExchangeReply, ExchangeRequest, Store } from '../rate-limit/shared/store.ts'

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

/** Marks the files of this layout: `hoo`, and its number. */
const APPLICATION_ID = 0x68_6f_6f_01
const LAYOUT = `
  CREATE TABLE place (account TEXT, id TEXT, arrived_by REAL, PRIMARY KEY (account, id)) WITHOUT ROWID;
  CREATE INDEX place_by_moment ON place (account, arrived_by);
  CREATE TABLE account (name TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID}`
/** Another process holds the file for a fraction of a millisecond. */
const BUSY_MS = 500
/** What SQLite says of a file that is broken, and of one that is none of its own. */
const UNREADABLE: readonly unknown[] = [11, 26]

/**
 * The places of an account in a file, for all processes of a machine: no server, and nothing to clean up after a crash.
 * Needs `node:sqlite`, which Node has from 22.13 on. Waiting for another process blocks, for half a second at most.
 *
 * A file that is broken, or was made by another program or version, is left as it is: every exchange rejects with an
 * error that says so, and a limiter goes on in its part of the quota.
 * @throws TypeError for an account without a name; Error where there is no `node:sqlite`
 */
export function createFileStore({ file, account, clock = systemClock }: FileStoreOptions): FileStore {
  if (typeof account !== 'string' || account === '') {
    throw new TypeError('account is empty, or no text: give a name that all processes of the account share')
  }
  const sqlite = process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined
  if (!sqlite) throw new Error(`createFileStore needs node:sqlite, of Node 22.13 or newer; this is ${process.version}`)
  let open: { readonly database: DatabaseSync; readonly inode: number; places?: AccountInFile } | undefined

  function close(): void {
    open?.database.close()
    open = undefined
  }

  function exchange(request: ExchangeRequest): ExchangeReply {
    // Deleted while it was open: others have made another.
    if (open && statSync(file, { throwIfNoEntry: false })?.ino !== open.inode) close()
    if (!open) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      closeSync(openSync(file, 'a', 0o600))
      open = { database: new sqlite!.DatabaseSync(file), inode: statSync(file).ino }
    }
    const places = (open.places ??= new AccountInFile(open.database, account))
    return places.change((known) => exchangePlaces(places, known, request, clock.wallNow()))
  }

  return {
    close,
    async exchange(request) {
      try {
        return await Promise.resolve(exchange(request))
      } catch (error) {
        // Rolls back.
        close()
        if (!UNREADABLE.includes((error as { errcode?: unknown }).errcode)) throw error
        throw new Error(`${file} is broken, or no file of createFileStore: give another, or delete it`, {
          cause: error,
        })
      }
    },
  }
}

class AccountInFile implements Places {
  readonly #database: DatabaseSync
  readonly #account: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, account: string) {
    this.#database = database
    this.#account = account
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; BEGIN IMMEDIATE`)
    const { id } = database.prepare('SELECT application_id AS id FROM pragma_application_id').get() as { id: number }
    const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
    if (tables === 0) database.exec(LAYOUT)
    else if (id !== APPLICATION_ID) throw Object.assign(new Error('It has other tables'), { errcode: UNREADABLE[1] })
    database.exec('COMMIT; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  }

  /** Changes the places and the facts in one transaction. */
  change<Reply>(work: (known: AccountFacts | undefined) => { facts: AccountFacts; reply: Reply }): Reply {
    this.#database.exec('BEGIN IMMEDIATE')
    const row = this.#first('SELECT facts FROM account WHERE name = ?') as { facts: string } | undefined
    const { facts, reply } = work(row && (JSON.parse(row.facts) as AccountFacts))
    this.#run('INSERT OR REPLACE INTO account (name, facts) VALUES (?, ?)', JSON.stringify(facts))
    this.#database.exec('COMMIT')
    return reply
  }

  put(id: string, arrivedBy: number): void {
    this.#run('INSERT OR REPLACE INTO place (account, id, arrived_by) VALUES (?, ?, ?)', id, arrivedBy)
  }

  remove(id: string): void {
    this.#run('DELETE FROM place WHERE account = ? AND id = ?', id)
  }

  countAfter(moment: number): number {
    const row = this.#first('SELECT count(*) AS value FROM place WHERE account = ? AND arrived_by > ?', moment)
    return (row as { value: number }).value
  }

  momentAfter(moment: number, index: number): number | undefined {
    const later = 'FROM place WHERE account = ? AND arrived_by > ? ORDER BY arrived_by LIMIT 1 OFFSET ?'
    return (this.#first(`SELECT arrived_by AS value ${later}`, moment, index) as { value: number } | undefined)?.value
  }

  pullBack(moment: number): void {
    this.#run('UPDATE place SET arrived_by = ?2 WHERE account = ?1 AND arrived_by > ?2', moment)
  }

  forget(moment: number): void {
    this.#run('DELETE FROM place WHERE account = ? AND arrived_by <= ?', moment)
  }

  #first(sql: string, ...values: (string | number)[]): unknown {
    return this.#statement(sql).get(this.#account, ...values)
  }

  #run(sql: string, ...values: (string | number)[]): void {
    this.#statement(sql).run(this.#account, ...values)
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.set(sql, known)
    return known
  }
}
