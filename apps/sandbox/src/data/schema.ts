import { SORTABLE_FIELDS } from '@hood-exports/openapi'
import { crc32 } from 'node:zlib'
import type { Database } from './database.ts'
import { FOLDED_MEMBERS, foldedColumn } from './fold.ts'
import { MEMBER_COLUMNS } from './item.ts'

/** `Hood` in ASCII: no other program's file is taken for a sandbox's. */
const APPLICATION_ID = 0x486f6f64

const TABLES = `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, company_id TEXT NOT NULL, creator_id TEXT NOT NULL,
    /* The id that its next export gets, unless it is taken. */
    next_id INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE tokens (token TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (id)) STRICT, WITHOUT ROWID;
  CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    ${MEMBER_COLUMNS}
    /* As searched: without case. */
    ${FOLDED_MEMBERS.map((member) => `${foldedColumn(member)} TEXT,`).join(' ')}
    /* When the status changes next, in seconds of sandbox time; see lifecycle.ts. */
    due INTEGER,
    /* How long an attempt that waits in the queue will take after that. */
    attempt_seconds INTEGER,
    /* How an attempt that is under way will end. */
    outcome TEXT,
    planned_size INTEGER
  ) STRICT;
  /* How the next exports of an account are made; see making-plan.ts. */
  CREATE TABLE making_plans (
    account_id INTEGER PRIMARY KEY, seconds INTEGER, outcome TEXT NOT NULL, times INTEGER
  ) STRICT;
  CREATE TABLE window_counts (
    account_id INTEGER NOT NULL, scope TEXT NOT NULL, window_ms INTEGER NOT NULL, started_ms REAL NOT NULL,
    used INTEGER NOT NULL, PRIMARY KEY (account_id, scope, window_ms)
  ) STRICT, WITHOUT ROWID;
  /* AUTOINCREMENT gives no id twice: a request may say more than once that it has ended. */
  CREATE TABLE in_flight (
    id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER NOT NULL, pid INTEGER NOT NULL, owner TEXT NOT NULL
  ) STRICT;
`

/** Another one for other tables, so that an old file is refused instead of misread. Signed, as SQLite keeps it. */
const SCHEMA_VERSION = crc32(TABLES) | 0

/** Made after the first items, which they would slow down: for every order of one key, and the newest of one status. */
export const INDEXES: string = [
  ...SORTABLE_FIELDS.map((member) => `CREATE INDEX items_by_${member} ON items (account_id, ${member});`),
  'CREATE INDEX items_by_status_and_time ON items (account_id, status, create_time);',
  'CREATE INDEX items_by_due ON items (due) WHERE due IS NOT NULL;',
].join('\n')

/** What a file holds: nothing yet, or a sandbox's tables of this version. @throws Error for anything else. */
export function inspectSchema(database: Database): 'empty' | 'current' {
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number }
  if (tables === 0) return 'empty'
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  const { application_id: owner } = database.prepare('PRAGMA application_id').get() as { application_id: number }
  if (owner === APPLICATION_ID && version === SCHEMA_VERSION) return 'current'
  throw new Error(
    `The database file "${database.location}" is not one of this version of the sandbox: give another path, or delete it`,
  )
}

export function createSchema(database: Database): void {
  database.exec(TABLES)
  database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}`)
}
