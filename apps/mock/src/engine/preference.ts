import { BadRequest } from '@hood-exports/provider'

/** Which of the documented answers a request asks for in `Prefer`. */
export interface Preference {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  /** For a dynamic answer. */
  readonly seed?: string
}

/** What a `Prefer` header says. */
export interface Preferences {
  readonly preference: Preference
  /** As they were given. RFC 7240, 2: what a server does not know, it ignores. */
  readonly unknown: readonly string[]
}

const NOTHING_PREFERRED: Preferences = { preference: {}, unknown: [] }
const PART = /^(\w+)\s*=\s*(?:"([^"]*)"|([\w.-]+))$/

/**
 * Reads the preferences of Prism (RFC 7240 syntax; `;` separates them too, as Prism takes it).
 *
 * @throws BadRequest for one of Prism's with a value that it does not have: a test that asks for it must not pass by
 * accident.
 */
export function parsePreference(header: string): Preferences {
  if (header === '') return NOTHING_PREFERRED
  let { preference, unknown } = NOTHING_PREFERRED
  for (const part of header.split(/[,;]/).map((text) => text.trim())) {
    const name = /^[^\s=]*/.exec(part)?.[0].toLowerCase() ?? ''
    if (NAMES.includes(name)) preference = { ...preference, ...parsePart(name, part) }
    else if (part !== '') unknown = [...unknown, part]
  }
  return { preference, unknown }
}

/** The reason for a preference that is ignored. */
export function ignoredPreference(part: string): string {
  return `"${part}" is ignored: ${PREFER_HELP}`
}

export function noPreference(part: string): BadRequest {
  return new BadRequest(`"${part}" is not a preference: ${PREFER_HELP}`)
}

const NAMES = ['code', 'example', 'dynamic', 'seed']
const PREFER_HELP =
  'Prefer takes code=<status>, example=<name>, dynamic=true|false and seed=<text>, separated by commas'

function parsePart(name: string, part: string): Preference {
  const [, , quoted, plain] = PART.exec(part) ?? []
  const value = quoted ?? plain ?? ''
  if (name === 'code' && /^[1-5]\d\d$/.test(value)) return { code: Number(value) }
  if (name === 'example' && value !== '') return { example: value }
  if (name === 'dynamic' && /^(?:true|false)$/.test(value)) return { dynamic: value === 'true' }
  if (name === 'seed' && value !== '') return { seed: value }
  throw noPreference(part)
}
