import { BadRequest } from '@hood-exports/provider'

/**
 * Decodes a query string. A name that is sent twice is refused rather than guessed at: some servers take the first,
 * some the last. Names that the API does not document are ignored, as by most servers.
 *
 * @throws BadRequest for bad percent-encoding and for repeated names among `known`.
 */
export function parseParameters<Name extends string>(
  search: string,
  known: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {}
  if (search === '') return found
  for (const pair of search.split('&')) {
    const equals = pair.indexOf('=')
    const name = decode(equals === -1 ? pair : pair.slice(0, equals))
    const isKnown = (known as readonly string[]).includes(name)
    if (!isKnown) continue
    if (Object.hasOwn(found, name)) {
      throw new BadRequest(`"${name}" is sent more than once: send one, with its values separated by commas`)
    }
    found[name as Name] = decode(equals === -1 ? '' : pair.slice(equals + 1))
  }
  return found
}

/** Percent-decoding of a form: `+` is a space. */
function decode(encoded: string): string {
  if (!/[%+]/.test(encoded)) return encoded
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '))
  } catch {
    throw new BadRequest(`"${encoded.slice(0, 100)}" is not percent-encoded UTF-8: encode it with encodeURIComponent`)
  }
}

/** @throws BadRequest when a name is not one of `allowed`, or the list is empty. */
export function parseNames<Name extends string>(parameter: string, text: string, allowed: readonly Name[]): Name[] {
  return text.split(',').map((name) => {
    if ((allowed as readonly string[]).includes(name)) return name as Name
    throw new BadRequest(`"${parameter}" does not take "${name}": it takes ${allowed.join(', ')}`)
  })
}
