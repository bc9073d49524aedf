import { NUMERIC_MEMBERS } from '@hood-exports/openapi'
import type { Member } from '../choices.ts'
import { memberSql } from './member.ts'

/** How a member without a value is sent: as null, or not at all. The vendor does not say. */
export type Nulls = 'sent' | 'left-out'

/** How numbers are sent. The vendor's samples of the same envelope have both. */
export type Numbers = 'number' | 'text'

/** What the vendor leaves open of how an item is written. */
export interface WireForm {
  readonly nulls: Nulls
  readonly numbers: Numbers
}

/** The JSON of an item, in SQL over `items`: SQLite writes it several times faster than JavaScript does from its cells. */
export function itemJsonSql(members: readonly Member[], { nulls, numbers }: WireForm): string {
  const value = (member: Member): string =>
    numbers === 'text' && (NUMERIC_MEMBERS as readonly Member[]).includes(member)
      ? `CAST(${memberSql(member)} AS TEXT)`
      : memberSql(member)
  const json = `json_object(${members.map((member) => `'${member}', ${value(member)}`).join(', ')})`
  // A merge patch leaves out what is null (RFC 7396).
  return nulls === 'left-out' ? `json_patch('{}', ${json})` : json
}
