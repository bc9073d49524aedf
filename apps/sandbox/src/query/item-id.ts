import { ID_PATTERN } from '@hood-exports/openapi'
import { BadRequest } from './parameters.ts'

const ID = new RegExp(ID_PATTERN)

/**
 * The id in a path, as the number that the database keys by. Ids are strings: `007` is not the id `7`, and no
 * item has an id beyond what a double can hold exactly; both are ids of nothing.
 *
 * @throws BadRequest when it is not a string of digits.
 */
export function parseItemId(encoded: string): number | undefined {
  const text = decodeSegment(encoded)
  if (!ID.test(text)) throw new BadRequest(`"${text}" is not an id: ids are strings of digits`)
  const id = Number(text)
  return Number.isSafeInteger(id) && String(id) === text ? id : undefined
}

function decodeSegment(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    throw new BadRequest(`"${encoded.slice(0, 100)}" is not percent-encoded UTF-8`)
  }
}
