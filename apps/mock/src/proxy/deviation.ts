import type { Call, Redactor } from '@hood-exports/provider'
import { queryNames } from '../engine/operation.ts'
import type { Operation } from '../engine/operation.ts'

/** A way in which a request or its answer is not what the document says. */
export interface Deviation {
  /** Method, path and query, without any value that the document does not know, and without the token. */
  readonly request: string
  readonly status: number
  /** Whose it is. */
  readonly side: 'request' | 'response'
  /** A sentence. */
  readonly message: string
}

/** A request as a deviation names it. */
export function requestText({ method, search }: Call, operation: Operation | undefined, redactor: Redactor): string {
  return `${method} ${redactor.path}${search === '' ? '' : `?${redactor.search(queryNames(operation))}`}`
}

/** One line, for people. */
export function deviationText({ request, status, side, message }: Deviation): string {
  return `${request} (${status}) ${side}: ${message}`
}
