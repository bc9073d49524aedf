import * as checks from '#checks'
import { PATHS } from '@hood-exports/openapi'
import type { Connection } from './connection.ts'
import { checkId } from './list-query.ts'
import { operationOf } from './operation.ts'
import type { Operation } from './operation.ts'
import type { CallOptions } from './options.ts'
import { post } from './post.ts'

/**
 * Runs an export again, with the parameters of its first request. Never sent twice by guessing: after a failure that
 * leaves open whether it arrived, the error has `outcome: 'unknown'`. Source: vendor, retry of an export.
 * @throws ExportsError
 */
export async function retryExport({ request }: Connection, id: string, options: CallOptions = {}): Promise<Operation> {
  checks.callOptions(options)
  const params = { path: { id: checkId(id) } }
  return operationOf(
    await request(PATHS.retry, params, {
      ...options,
      operation: 'retry',
      id,
      post: post(),
      body: 'json',
    }),
  )
}
