import { invalidQuery } from './failures.ts'

/** Where a listing is. */
export interface Position {
  readonly page: number
  /** Items of a full page, once known. */
  readonly pageSize?: number | undefined
  /** Ids given out from the page before and from this one: items move between pages when the list changes. */
  readonly recentIds: readonly string[]
}

/** A position with the query that it belongs to, as text that can be stored. Holds no token. */
export function writeCursor({ page, pageSize, recentIds }: Position, query: object): string {
  return JSON.stringify({ v: 1, page, pageSize, recentIds, query })
}

/**
 * The position in a stored cursor.
 * @throws ExportsError `invalid-query` when it is not a cursor, or one of another query.
 */
export function readCursor(cursor: string, query: object): Position {
  const found = parse(cursor)
  if (!found) throw invalidQuery('cursor', cursor, 'is not a cursor that listAll gave out')
  const [theirs, ours] = [JSON.stringify(found.query), JSON.stringify(query)]
  if (theirs !== ours) {
    throw invalidQuery('cursor', cursor, `belongs to the query ${theirs}, not to ${ours}: resume with its own`)
  }
  return found
}

function parse(cursor: string): (Position & { readonly query: object }) | undefined {
  try {
    const found = JSON.parse(cursor) as Position & { v: number; query: object }
    const isValid =
      found.v === 1 &&
      Number.isSafeInteger(found.page) &&
      found.page >= 1 &&
      (found.pageSize === undefined || Number.isSafeInteger(found.pageSize)) &&
      Array.isArray(found.recentIds) &&
      found.recentIds.every((id) => typeof id === 'string')
    return isValid ? found : undefined
  } catch {
    return undefined
  }
}
