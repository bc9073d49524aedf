import * as checks from '#checks'
import type { Connection } from './connection.ts'
import type { ItemOf } from './export-item.ts'
import { aborted } from './failures.ts'
import type { ListAllParameters, ListAllQuery } from './list-query.ts'
import { createListing } from './listing.ts'
import type { Listing, ListingOptions } from './listing.ts'
import { createPageReader } from './page-reader.ts'

/**
 * Every item, page by page as they are read. Sends nothing before it is iterated.
 * @throws ExportsError `invalid-query` or `invalid-options`, at once.
 */
export function listAll<const Query extends ListAllQuery>(
  connection: Connection,
  query: Query & ListAllParameters,
  options?: ListingOptions<ItemOf<Query>>,
): Listing<ItemOf<Query>>
/**
 * Every item, page by page as they are read. Sends nothing before it is iterated.
 * @throws ExportsError `invalid-query` or `invalid-options`, at once.
 */
export function listAll<const Query extends ListAllQuery>(
  connection: Connection,
  query?: Query,
  options?: ListingOptions<ItemOf<Query>>,
): Listing<ItemOf<Query>>
export function listAll<Query extends ListAllQuery>(
  connection: Connection,
  query?: Query,
  options: ListingOptions<ItemOf<Query>> = {},
): Listing<ItemOf<Query>> {
  checks.listingOptions(options)
  const given: ListAllQuery = query ?? {}
  checks.listingQuery(given)
  const { where, limit, maxPages, prefetch, onIncomplete, cursor, ...call } = options
  const { fields } = given
  // Items are identified by id: it is asked for, and taken out again when the caller did not.
  const isIdAdded = fields !== undefined && !fields.includes('id')
  const asked = isIdAdded ? { ...given, fields: ['id', ...fields] as const } : given
  const { transport, clock } = connection
  return createListing<ItemOf<Query>>(
    {
      read: createPageReader<{ id: string }>(connection, asked, call),
      pageSize: given.pageSize,
      trim: (item) => (isIdAdded ? withoutId(item) : item) as never,
      query: given,
      estimateMs: (calls) => transport.limiter.estimate({ calls }) - clock.now(),
      hasSpareBudget: () => transport.limiter.snapshot().queued === 0 && transport.limiter.estimate() <= clock.now(),
      report: (event) => transport.report(event),
      checkAborted() {
        if (call.signal?.aborted) throw aborted(call.signal.reason)
      },
    },
    { where, limit, maxPages, prefetch, onIncomplete, cursor },
  )
}

function withoutId(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'id'))
}
