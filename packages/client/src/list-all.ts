import type { Connection } from './connection.ts'
import type { ItemOf } from './export-item.ts'
import { aborted } from './failures.ts'
import { LISTING_PARAMETERS, toWireQuery } from './list-query.ts'
import type { ListAllParameters, ListAllQuery } from './list-query.ts'
import { createListing } from './listing.ts'
import type { Listing, ListingOptions } from './listing.ts'
import { callback, checkOptions, oneOf, wholeFrom } from './check.ts'
import { CALL_RULES } from './options.ts'
import { createPageReader } from './page-reader.ts'

const LISTING_RULES = {
  ...CALL_RULES,
  where: callback,
  limit: wholeFrom(0),
  maxPages: wholeFrom(1),
  prefetch: oneOf('never', 'spare'),
  onIncomplete: oneOf('report', 'fail'),
  // It has a check of its own, `readCursor`.
  cursor: () => undefined,
}

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
  checkOptions(options, LISTING_RULES)
  const given: ListAllQuery = query ?? {}
  toWireQuery(given, LISTING_PARAMETERS)
  const { where, limit, maxPages, prefetch, onIncomplete, cursor, ...call } = options
  const { fields } = given
  // Items are told apart by id: it is asked for, and taken out again when the caller did not.
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
