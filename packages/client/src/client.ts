import { PATHS } from '@hood-exports/openapi'
import { invalidResponse } from './answer.ts'
import { systemClock } from './clock.ts'
import { createDownload } from './download.ts'
import type { Download, DownloadOptions, DownloadTarget } from './download.ts'
import type { ExportField, ItemOf } from './export-item.ts'
import { checkId, toWireQuery } from './list-query.ts'
import type { ItemQuery, ListAllQuery, ListQuery, LooseQuery } from './list-query.ts'
import { createListing } from './listing.ts'
import type { Listing, ListingOptions } from './listing.ts'
import { createOpenapiFetchRequester, createRawClient } from './openapi-fetch.ts'
import type { RawClient } from './openapi-fetch.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import { pageOf } from './page.ts'
import type { Page } from './page.ts'
import type { RateLimiter } from './rate-limit/limiter.ts'
import type { Requester } from './requester.ts'
import { createTransport } from './transport.ts'
import type { Transport } from './transport.ts'
import { pollUntil } from './wait-until.ts'
import type { WaitOptions } from './wait-until.ts'

/** The exports API of one account. Every call rejects with an `ExportsError`; see `toResult` for values instead. */
export interface ExportsClient {
  /** One page, with the total. */
  list<const Query extends ListQuery>(query?: Query, options?: CallOptions): Promise<Page<ItemOf<Query>>>
  /** Every item, page by page as they are read. Sends nothing before it is iterated. */
  listAll<const Query extends ListAllQuery>(
    query?: Query,
    options?: ListingOptions<ItemOf<Query>>,
  ): Listing<ItemOf<Query>>
  /** One item. */
  get<const Query extends ItemQuery>(id: string, query?: Query, options?: CallOptions): Promise<ItemOf<Query>>
  /** The file of an item; resolves at the head of the answer. */
  download(target: DownloadTarget, options?: DownloadOptions): Promise<Download>
  /** Looks at an item, within the quota and with growing pauses, until `isDone`. Asks only for `fields`. */
  waitUntil<const Fields extends readonly [ExportField, ...ExportField[]] = readonly ['id', 'status']>(
    id: string,
    isDone: (item: ItemOf<{ fields: Fields }>) => boolean,
    options?: WaitOptions & { readonly fields?: Fields },
  ): Promise<ItemOf<{ fields: Fields }>>
  /** openapi-fetch itself, over the same token, limiter and retries. */
  readonly raw: RawClient
  /** The limiter: `snapshot()` for a meter, `estimate()` for when a call would leave. */
  readonly limiter: RateLimiter
}

/**
 * A client of the Hood exports API. Sends nothing, sets no timer and holds no socket until it is used.
 * @throws ExportsError `invalid-options`.
 */
export function createExportsClient(options: ExportsClientOptions): ExportsClient {
  const transport = createTransport(options)
  return createClientOver(transport, createOpenapiFetchRequester(transport), options)
}

/** The typed calls over any requester. */
export function createClientOver(
  transport: Transport,
  request: Requester,
  { itemSchema, clock = systemClock }: Pick<ExportsClientOptions, 'itemSchema' | 'clock'>,
): ExportsClient {
  const { limiter, emit } = transport
  let raw: RawClient | undefined

  async function list(query: LooseQuery, options: CallOptions): Promise<Page<never>> {
    const wire = toWireQuery(query)
    const answer = await request(PATHS.list, { query: wire }, { ...options, operation: 'list', body: 'json' })
    return pageOf<never>(answer, itemSchema)
  }

  async function get(id: string, query: LooseQuery, options: CallOptions): Promise<unknown> {
    const params = { path: { id: checkId(id) }, query: toWireQuery(query, ['fields', 'view']) }
    const answer = await request(PATHS.view, params, { ...options, operation: 'view', body: 'json' })
    const { items } = await pageOf<{ id?: unknown }>(answer, itemSchema)
    const [item] = items
    if (items.length !== 1 || !item) throw invalidResponse(answer, 'exactly one item')
    if (item.id !== undefined && item.id !== id) throw invalidResponse(answer, `the item ${id}`)
    return item
  }

  function listAll(query: LooseQuery, options: ListingOptions<never>): Listing<never> {
    toWireQuery(query, ['fields', 'view', 'sort', 'pageSize', 'q', 'qFields'])
    const { fields } = query as { fields?: readonly string[] }
    // Items are told apart by id: it is asked for, and taken out again when the caller did not.
    const isIdAdded = fields !== undefined && !fields.includes('id')
    const asked = isIdAdded ? { ...query, fields: ['id', ...fields] } : query
    return createListing<never>(
      {
        read: (page) => list({ ...asked, page }, options),
        trim: (item) => (isIdAdded ? withoutId(item) : item) as never,
        query,
        estimateMs: (calls) => limiter.estimate({ calls }) - clock.now(),
        hasSpareBudget: () => limiter.snapshot().queued === 0 && limiter.estimate() <= clock.now(),
        emit,
      },
      options,
    )
  }

  return {
    list: (query: LooseQuery = {}, options: CallOptions = {}) => list(query, options),
    listAll: (query: LooseQuery = {}, options: ListingOptions<never> = {}) => listAll(query, options),
    get: ((id: string, query: LooseQuery = {}, options: CallOptions = {}) =>
      get(id, query, options)) as ExportsClient['get'],
    async download(target, options = {}) {
      const { id, size } = typeof target === 'object' ? target : { id: target, size: undefined }
      const call = { ...options, operation: 'download', body: 'stream' } as const
      const answer = await request(PATHS.download, { path: { id: checkId(id) } }, call)
      return createDownload(answer, { id, size }, options.onProgress)
    },
    waitUntil: ((id, isDone, options = {}) => {
      const { fields = ['id', 'status'], deadlineMs, ...rest } = options
      return pollUntil(
        (remainingMs) => get(id, { fields }, { ...rest, deadlineMs: remainingMs }),
        isDone as (item: unknown) => boolean,
        { ...rest, deadlineMs },
        clock,
      )
    }) as ExportsClient['waitUntil'],
    get raw() {
      return (raw ??= createRawClient(transport))
    },
    limiter,
  }
}

function withoutId(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'id'))
}
