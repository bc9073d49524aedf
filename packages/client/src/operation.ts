import type { components } from '@hood-exports/openapi/types'
import { invalidResponse } from './answer.ts'
import type { Answer } from './answer.ts'
import { leaveOpen } from './post.ts'

/**
 * A long running operation that the API has accepted. Its `id` is not the id of an export. Only `id` is certain to be
 * there. Source: vendor, retry and export of a quick report.
 */
export type Operation = Readonly<components['schemas']['Operation']>

/** @throws ExportsError `invalid-response`, with an unknown outcome, unless the answer holds an operation. */
export function operationOf(answer: Answer): Operation {
  const operation = answer.json as { id?: unknown } | null
  if (typeof operation !== 'object' || typeof operation?.id !== 'string' || operation.id === '') {
    throw leaveOpen(invalidResponse(answer, 'an operation with an id'))
  }
  return operation as Operation
}
