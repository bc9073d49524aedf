import { BadRequest } from '@hood-exports/provider'
import { ID_PATTERN } from '@hood-exports/openapi'

const ID = new RegExp(ID_PATTERN)

/** The id in a path. @throws BadRequest when it is not a string of digits. */
export function parseIdSegment(encoded: string): string {
  const text = decodeSegment(encoded)
  if (!ID.test(text)) throw new BadRequest(`"${text}" is not an id: ids are strings of digits`)
  return text
}

/**
 * The number that the database keys an export by; undefined for an id of nothing. Ids are strings: `007` is not the id
 * `7`, and no export has an id beyond what a double can hold exactly.
 */
export function storedId(id: string): number | undefined {
  const number = Number(id)
  return Number.isSafeInteger(number) && String(number) === id ? number : undefined
}

function decodeSegment(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw new BadRequest(`"${encoded.slice(0, 100)}" is not percent-encoded UTF-8`)
  }
}
