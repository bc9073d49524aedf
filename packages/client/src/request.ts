import type { PATHS } from '@hood-exports/openapi'
import type { Answer } from './answer.ts'
import type { WireQuery } from './list-query.ts'
import type { Call } from './call.ts'
import type { Transport } from './transport.ts'

/** A path template of the API. */
export type PathTemplate = (typeof PATHS)[keyof typeof PATHS]

/** Parameters on the wire. */
export interface WireParams {
  readonly path?: { readonly id: string }
  readonly query?: WireQuery
}

/** Sends one operation by its path template and parameters. */
export type Requester = (path: PathTemplate, params: WireParams, call: Call) => Promise<Answer>

/** The addresses are those that openapi-fetch makes of the same parameters. */
export function createRequester({ baseUrl, send }: Pick<Transport, 'baseUrl' | 'send'>): Requester {
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
