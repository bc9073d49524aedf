import type { Operation } from '../engine/operation.ts'
import type { Call } from '@hood-exports/provider'

/** Shorter ones are no secrets, and parts of words in any text. */
const MIN_SECRET_LENGTH = 6
export const HIDDEN = '***'

export interface Redactor {
  /** Without the credentials of the call. */
  text(text: string): string
  /** Part of a path or a query; hidden as a whole if a credential is in it, however it is encoded. */
  part(part: string): string
  /** Method, path and query as they were sent. A parameter that the document does not know may hold a secret: its value is left out. */
  request(operation: Operation | undefined): string
}

export function redactorOf(call: Call): Redactor {
  const authorization = call.headers['authorization'] ?? ''
  const secrets = [authorization, authorization.replace(/^\S+\s+/, '')].filter(
    (secret) => secret.length >= MIN_SECRET_LENGTH,
  )
  const spellings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    // As a query is read.
    secret.replaceAll('+', ' '),
    // As Prism names the members of a body: in JSON pointers.
    secret.replaceAll('~', '~0').replaceAll('/', '~1'),
  ])
  const text = (given: string): string => spellings.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), given)
  const part = (given: string): string => {
    const readings = [decoded(given), decoded(given.replaceAll('+', ' '))]
    return secrets.some((secret) => readings.some((reading) => reading.includes(secret))) ? HIDDEN : given
  }
  return {
    text,
    part,
    request: (operation) => {
      const known = (operation?.request?.query ?? []).map(({ name }) => name)
      const query = call.search.split('&').map((pair) => {
        if (part(pair) === HIDDEN) return HIDDEN
        const [name = '', value] = pair.split(/=(.*)/s, 2)
        return value === undefined || known.includes(decoded(name)) ? pair : `${name}=${HIDDEN}`
      })
      const path = text(call.path).split('/').map(part).join('/')
      return text(`${call.method} ${path}${call.search === '' ? '' : `?${query.join('&')}`}`)
    },
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
