import type { Requester } from './requester.ts'
import type { Transport } from './transport.ts'

/** A requester of our own: the same requests as openapi-fetch makes, in a few lines. */
export function createBareRequester({ baseUrl, send }: Pick<Transport, 'baseUrl' | 'send'>): Requester {
  return (path, { path: params, query = {} }, call) => {
    let url = baseUrl + (params ? path.replace('{id}', encodeURIComponent(params.id)) : path)
    let separator = '?'
    for (const [name, value] of Object.entries(query as Record<string, string | number[] | string[]>)) {
      url += `${separator}${name}=${[value].flat().map(encodeURIComponent).join(',')}`
      separator = '&'
    }
    return send(url, call)
  }
}
