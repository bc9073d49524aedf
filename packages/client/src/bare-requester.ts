import type { Requester } from './requester.ts'
import type { Transport } from './transport.ts'

/** A requester of our own: the same requests as openapi-fetch makes, in a few lines. */
export function createBareRequester({ baseUrl, send }: Pick<Transport, 'baseUrl' | 'send'>): Requester {
  return (path, { path: { id } = { id: '' }, query = {} }, call) => {
    const pairs = Object.entries(query as Record<string, string | number[] | string[]>)
      .filter(([, value]) => value.length > 0)
      .map(
        ([name, value]) =>
          `${name}=${[value]
            .flat()
            .map((part) => encodeURIComponent(part))
            .join(',')}`,
      )
    const url = baseUrl + path.replace('{id}', encodeURIComponent(id))
    return send(pairs.length > 0 ? `${url}?${pairs.join('&')}` : url, call)
  }
}
