import { FILTER_KINDS, ID_PATTERN, NULLABLE_MEMBERS, SELECTABLE_FIELDS, TIMESTAMP_PATTERN } from '@hood-exports/openapi'
import type { Member } from './choices.ts'
import { STORED_MEMBERS } from './data/item.ts'
import type { StoredItem } from './data/item.ts'

const ID = new RegExp(ID_PATTERN)
const MEDIA_TYPE = /^[!-~]+\/[!-~]+(?: *; *[!-~]+)*$/
const TIMESTAMP = new RegExp(TIMESTAMP_PATTERN)

/**
 * An item with some members set, by the API's names. Parameters that are no members are left to others.
 *
 * @throws Error for a value that the API could not send.
 */
export function itemFromParameters(item: StoredItem, parameters: Readonly<Record<string, unknown>>): StoredItem {
  const changed: Record<string, unknown> = { ...item }
  for (const member of SELECTABLE_FIELDS) {
    const value = parameters[member]
    if (value === undefined) continue
    if (!(STORED_MEMBERS as readonly Member[]).includes(member))
      throw new Error(`"${member}" cannot be set: it follows from the export's account, id and status`)
    changed[member] = checked(member, value)
  }
  return changed as unknown as StoredItem
}

function checked(member: Member, value: unknown): unknown {
  const refuse = (rule: string): never => {
    throw new Error(`"${member}" cannot be ${JSON.stringify(value)}: it must be ${rule}`)
  }
  if (value === null)
    return (NULLABLE_MEMBERS as readonly string[]).includes(member) ? null : refuse('a value, not null')
  if (FILTER_KINDS[member] === 'number') {
    return Number.isSafeInteger(value) && (value as number) >= 0 ? value : refuse('a whole number from 0')
  }
  if (typeof value !== 'string') return refuse('a string')
  if (member === 'creator_id' && !ID.test(value)) return refuse('a string of digits')
  // It becomes a header of the download.
  if (member === 'mime_type' && !MEDIA_TYPE.test(value)) return refuse('a media type such as "text/csv"')
  if (FILTER_KINDS[member] === 'time' && !TIMESTAMP.test(value)) return refuse('a time such as "2021-07-30 12:50:13"')
  return value
}
