/** Which of the documented answers is wanted, as `Prefer` says it. */
export interface Preference {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  /** Of a dynamic answer. */
  readonly seed?: string
}

export const NO_PREFERENCE: Preference = {}

export const PREFER_HELP =
  'Prefer takes code=<status>, example=<name>, dynamic=true|false and seed=<text>, separated by commas'

const PART = /^(\w+)\s*=\s*(?:"([^"]*)"|([\w.-]+))$/

/**
 * Reads the preferences of Prism (RFC 7240 syntax).
 *
 * @throws RangeError for one that is none: a test that asks for it must not pass by accident.
 */
export function parsePreference(header: string): Preference {
  let preference: Preference = NO_PREFERENCE
  for (const part of header.split(/[,;]/)) {
    if (part.trim() !== '') preference = { ...preference, ...parsePart(part.trim()) }
  }
  return preference
}

function parsePart(part: string): Preference {
  const [, name, quoted, plain] = PART.exec(part) ?? []
  const value = quoted ?? plain ?? ''
  if (name === 'code' && /^[1-5]\d\d$/.test(value)) return { code: Number(value) }
  if (name === 'example' && value !== '') return { example: value }
  if (name === 'dynamic' && /^(?:true|false)$/.test(value)) return { dynamic: value === 'true' }
  if (name === 'seed' && value !== '') return { seed: value }
  throw new RangeError(`"${part}" is no preference: ${PREFER_HELP}`)
}
