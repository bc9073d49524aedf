import type { PATHS } from '@hood-exports/openapi'
import type { Answer } from './answer.ts'
import type { WireQuery } from './list-query.ts'
import type { Call } from './transport.ts'

/** A path template of the API. */
export type PathTemplate = (typeof PATHS)[keyof typeof PATHS]

/** Parameters on the wire. */
export interface WireParams {
  readonly path?: { readonly id: string }
  readonly query?: WireQuery
}

/**
 * Sends one operation by its path template and parameters. The seam under the typed calls: `openapi-fetch.ts` makes
 * one, `bare-requester.ts` makes one without it, and the whole suite runs over both.
 */
export type Requester = (path: PathTemplate, params: WireParams, call: Call) => Promise<Answer>
