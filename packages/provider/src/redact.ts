import type { Call } from './call.ts'

/** Shorter ones are no secrets, and parts of words in any text. */
const MIN_SECRET_LENGTH = 6
export const HIDDEN = '***'

export interface Redactor {
  /** Without the credentials of the call. */
  text(text: string): string
  /** Part of a path or a query; hidden as a whole if a credential is in it, however it is encoded. */
  part(part: string): string
  /** As it was sent, percent-encoded. */
  readonly path: string
  /**
   * As it was sent, percent-encoded.
   *
   * @param known Parameters of the operation. Any other one may hold a secret: its value is left out.
   */
  search(known: readonly string[]): string
}

type Sent = Pick<Call, 'path' | 'search'> & { readonly headers: Readonly<{ authorization?: string }> }

export function redactorOf({ path, search, headers: { authorization = '' } }: Sent): Redactor {
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
    path: text(text(path).split('/').map(part).join('/')),
    search: (known) => {
      const pairs = search.split('&').map((pair) => {
        if (part(pair) === HIDDEN) return HIDDEN
        const [name = '', value] = pair.split(/=(.*)/s, 2)
        return value === undefined || known.includes(decoded(name)) ? pair : `${name}=${HIDDEN}`
      })
      return text(pairs.join('&'))
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
