import * as checks from '#checks'
import { PATHS } from '@hood-exports/openapi'
import type { Connection } from './connection.ts'
import type { ItemOf } from './export-item.ts'
import { toWireQuery } from './list-query.ts'
import type { ListParameters, ListQuery } from './list-query.ts'
import type { CallOptions } from './options.ts'
import { checkItems, pageOf } from './page.ts'
import type { Page } from './page.ts'

/**
 * One page, with the total.
 * @throws ExportsError
 */
export function list<const Query extends ListQuery>(
  connection: Connection,
  query: Query & ListParameters,
  options?: CallOptions,
): Promise<Page<ItemOf<Query>>>
/**
 * One page, with the total.
 * @throws ExportsError
 */
export function list<const Query extends ListQuery>(
  connection: Connection,
  query?: Query,
  options?: CallOptions,
): Promise<Page<ItemOf<Query>>>
export async function list<Query extends ListQuery>(
  { request, options: { itemSchema } }: Connection,
  query?: Query,
  options: CallOptions = {},
): Promise<Page<ItemOf<Query>>> {
  checks.callOptions(options)
  checks.query(query ?? {})
  const wire = toWireQuery(query ?? {})
  const answer = await request(PATHS.list, { query: wire }, { ...options, operation: 'list', body: 'json' })
  const page = pageOf<ItemOf<Query>>(answer)
  if (itemSchema) await checkItems(answer, page.items, itemSchema)
  return page
}
