import type { Database } from './database.ts'

/** Raised with every change of the tables, so that an old file is refused instead of misread. */
const SCHEMA_VERSION = 3
/** `Hood` in ASCII: no other program's file is taken for a sandbox's. */
const APPLICATION_ID = 0x486f6f64

const TABLES = `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE accounts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, company_id TEXT NOT NULL, creator_id TEXT NOT NULL,
    /* Kept by triggers: counting a million items takes longer than a page of them. */
    item_count INTEGER NOT NULL DEFAULT 0,
    /* The id that its next export gets, unless it is taken. */
    next_id INTEGER NOT NULL,
    /* Raised with every change of its items, and with every change of what a search looks at. */
    revision INTEGER NOT NULL DEFAULT 0, search_revision INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE tokens (token TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (id)) STRICT, WITHOUT ROWID;
  /* Descriptions and failure reasons are few and repeat: kept once, they are searched once. */
  CREATE TABLE texts (id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, json TEXT NOT NULL) STRICT;
  CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    creator_id TEXT,
    resource TEXT NOT NULL,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    description_id INTEGER REFERENCES texts (id),
    size INTEGER,
    extension TEXT,
    mime_type TEXT,
    attempt_count INTEGER NOT NULL,
    download_count INTEGER NOT NULL,
    failure_reason_id INTEGER REFERENCES texts (id),
    expire_time TEXT,
    create_time TEXT NOT NULL,
    update_time TEXT NOT NULL,
    /* The name as searched: without case. */
    name_folded TEXT NOT NULL,
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
    account_id INTEGER NOT NULL, window_ms INTEGER NOT NULL, started_ms REAL NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (account_id, window_ms)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE in_flight (
    account_id INTEGER NOT NULL, pid INTEGER NOT NULL, owner TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (account_id, owner)
  ) STRICT, WITHOUT ROWID;
`

/** Made after the first items, which they would slow down. */
export const INDEXES_AND_TRIGGERS = `
  CREATE INDEX items_by_account ON items (account_id);
  /* Asked for most: the order without a sort, and what is ready. Others are made when they are needed. */
  CREATE INDEX order_create_time ON items (account_id, create_time);
  CREATE INDEX order_status ON items (account_id, status);
  CREATE INDEX items_by_due ON items (due) WHERE due IS NOT NULL;
  CREATE TRIGGER item_inserted AFTER INSERT ON items BEGIN
    UPDATE accounts SET item_count = item_count + 1, revision = revision + 1, search_revision = search_revision + 1
      WHERE id = new.account_id;
  END;
  CREATE TRIGGER item_deleted AFTER DELETE ON items BEGIN
    UPDATE accounts SET item_count = item_count - 1, revision = revision + 1, search_revision = search_revision + 1
      WHERE id = old.account_id;
  END;
  CREATE TRIGGER item_updated AFTER UPDATE ON items BEGIN
    UPDATE accounts SET revision = revision + 1 WHERE id = new.account_id;
  END;
  CREATE TRIGGER item_text_updated
    AFTER UPDATE OF name_folded, description_id, failure_reason_id, resource ON items
  BEGIN
    UPDATE accounts SET search_revision = search_revision + 1 WHERE id = new.account_id;
  END;
`

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
