import type { Account } from '../data/account.ts'
import type { Database } from '../data/database.ts'

const RANGE = `
  SELECT (SELECT min(id) FROM items WHERE account_id = ?1), (SELECT max(id) FROM items WHERE account_id = ?1)`

interface Found {
  readonly searchRevision: number
  readonly firstId: number | undefined
}

/**
 * Finds the first id of an account whose ids have no gaps, as they have when an account is made; undefined for any
 * other. Where there are no gaps, the place of an item in the order of the ids tells its id.
 */
export function gaplessIdFinder(database: Database): (account: Account) => number | undefined {
  const statement = database.prepare(RANGE)
  statement.setReturnArrays(true)
  const found = new Map<number, Found>()
  return ({ id, itemCount, searchRevision }) => {
    const known = found.get(id)
    // Whatever adds or takes away an item raises it.
    if (known?.searchRevision === searchRevision) return known.firstId
    const [first, last] = statement.get(id) as unknown as [number, number] | [null, null]
    const firstId = first !== null && last - first + 1 === itemCount ? first : undefined
    found.set(id, { searchRevision, firstId })
    return firstId
  }
}
