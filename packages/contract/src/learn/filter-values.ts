import { FILTER_KINDS } from '@hood-exports/openapi'
import type { Member } from '@hood-exports/openapi/profile'
import type { Item } from '../verify/exchange.ts'
import { generous } from '../verify/oracle/matches.ts'
import { UNKNOWN_ID } from '../verify/test-request.ts'

const LONGEST = 120

/**
 * What a filter can have of a member, in ascending order: no commas, as those cannot be escaped; no control characters;
 * and no text that another one equals but for case, accents or spaces.
 */
export function valuesOf(items: readonly Item[], member: Member): readonly string[] {
  const kind = FILTER_KINDS[member]
  const all = [
    ...new Set(
      items.map((item) => item[member]).filter((value) => value !== undefined && value !== null && value !== ''),
    ),
  ].map(String)
  if (kind === 'number') return all.toSorted((one, other) => Number(one) - Number(other))
  const similar = Map.groupBy(all, (text) => generous(text).trim())
  return all
    .filter((text) => similar.get(generous(text).trim())?.length === 1)
    .filter((text) => text === text.trim() && text.length <= LONGEST && !/,|\p{Cc}/u.test(text))
    .toSorted((one, other) => (one < other ? -1 : 1))
}

/** A value that no export has. */
export function absentValue(member: Member): string {
  switch (FILTER_KINDS[member]) {
    case 'id':
      return UNKNOWN_ID
    case 'number':
      return '987654321'
    case 'time':
      return '1999-12-31 23:59:58'
    case 'text':
      return 'no-such-value-7c1e'
  }
}
