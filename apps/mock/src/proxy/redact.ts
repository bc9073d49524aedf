import type { Operation } from '../engine/operation.ts'
import type { Call } from '../http/call.ts'

/** Shorter ones are no secrets, and parts of words in any text. */
const MIN_SECRET_LENGTH = 6
const HIDDEN = '***'

export interface Redactor {
  /** Without the credentials of the call. */
  text(text: string): string
  /** The names of the query's parameters that nobody knows, as far as they can be told. */
  unknownParameters(operation: Operation): string[]
  /** Method, path and query as they were sent. A parameter that nobody knows may hold a secret: its value is left out. */
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
  ])
  const text = (given: string): string => spellings.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), given)
  /** However it is encoded. */
  const part = (given: string): string => {
    const readings = [decoded(given), decoded(given.replaceAll('+', ' '))]
    return secrets.some((secret) => readings.some((reading) => reading.includes(secret))) ? HIDDEN : given
  }
  return {
    text,
    unknownParameters: (operation) => {
      const known = (operation.request?.query ?? []).map(({ name }) => name)
      const names = call.search.split('&').flatMap((pair) => {
        const [name] = new URLSearchParams(pair).keys()
        return name === undefined || known.includes(name) ? [] : [part(pair) === HIDDEN ? HIDDEN : name]
      })
      return [...new Set(names)]
    },
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
