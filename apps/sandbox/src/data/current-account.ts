import type { Clock } from '@hood-exports/provider'
import type { Account } from './account.ts'
import type { Database } from './database.ts'
import { applyDueChanges } from './lifecycle.ts'
import type { SandboxTime } from './sandbox-time.ts'

/** The account of a token, after every change of its exports that is due; undefined for an unknown token. */
export type FindCurrentAccount = (token: string) => Account | undefined

/** All that every request has to ask for, in one statement; and the moment of the next change, by the clock. */
const FIND = `
  SELECT accounts.id, accounts.name, company_id, creator_id, item_count, revision, search_revision,
    1000 * (SELECT min(due) FROM items WHERE due IS NOT NULL)
      - (SELECT value FROM settings WHERE name = 'offset_ms')
  FROM tokens JOIN accounts ON accounts.id = account_id WHERE token = ?`

type Row = [number, string, string, string, number, number, number, number | null]

export function currentAccountFinder(
  database: Database,
  { clock, time }: { readonly clock: Clock; readonly time: SandboxTime },
): FindCurrentAccount {
  // Arrays: objects with names take twice as long.
  const statement = database.prepare(FIND)
  statement.setReturnArrays(true)
  const read = (token: string): Row | undefined => statement.get(token) as unknown as Row | undefined
  return (token) => {
    const row = read(token)
    const nextChangeMs = row?.[7] ?? Infinity
    if (clock.now() < nextChangeMs) return row && accountOf(row)
    applyDueChanges(database, time.now())
    const changed = read(token)
    return changed && accountOf(changed)
  }
}

function accountOf([id, name, companyId, creatorId, itemCount, revision, searchRevision]: Row): Account {
  return { id, name, companyId, creatorId, itemCount, revision, searchRevision }
}
