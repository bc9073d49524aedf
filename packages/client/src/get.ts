import * as checks from '#checks'
import { PATHS } from '@hood-exports/openapi'
import { invalidResponse } from './answer.ts'
import type { Connection } from './connection.ts'
import type { ItemOf } from './export-item.ts'
import { checkId, toWireQuery } from './list-query.ts'
import type { ItemParameters, ItemQuery } from './list-query.ts'
import type { CallOptions } from './options.ts'
import { checkItems, pageOf } from './page.ts'

/**
 * One item.
 * @throws ExportsError
 */
export function get<const Query extends ItemQuery>(
  connection: Connection,
  id: string,
  query: Query & ItemParameters,
  options?: CallOptions,
): Promise<ItemOf<Query>>
/**
 * One item.
 * @throws ExportsError
 */
export function get<const Query extends ItemQuery>(
  connection: Connection,
  id: string,
  query?: Query,
  options?: CallOptions,
): Promise<ItemOf<Query>>
export async function get<Query extends ItemQuery>(
  { request, options: { itemSchema } }: Connection,
  id: string,
  query?: Query,
  options: CallOptions = {},
): Promise<ItemOf<Query>> {
  checks.callOptions(options)
  checks.itemQuery(query ?? {})
  const params = { path: { id: checkId(id) }, query: toWireQuery(query ?? {}) }
  const answer = await request(PATHS.view, params, {
    ...options,
    operation: 'view',
    id,
    body: 'json',
  })
  const { items } = pageOf<ItemOf<Query>>(answer)
  if (itemSchema) await checkItems(answer, items, itemSchema)
  const [item] = items
  if (items.length !== 1 || !item) throw invalidResponse(answer, 'exactly one item')
  const { id: found = id } = item as { id?: unknown }
  if (found !== id) throw invalidResponse(answer, `the item ${id}`)
  return item
}
