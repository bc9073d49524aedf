import { ORIGIN } from '@hood-exports/openapi'
import { limiterOf } from './account-limiter.ts'
import { connectOver } from './connection.ts'
import type { Connection } from './connection.ts'
import { download } from './download.ts'
import type { Download, DownloadOptions, DownloadTarget } from './download.ts'
import type { ExportField, ExportItem, ItemOf } from './export-item.ts'
import { exportQuickReport } from './export-quick-report.ts'
import type { QuickReportRequest } from './export-quick-report.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { listAll } from './list-all.ts'
import type {
  ItemParameters,
  ItemQuery,
  ListAllParameters,
  ListAllQuery,
  ListParameters,
  ListQuery,
} from './list-query.ts'
import type { Listing, ListingOptions } from './listing.ts'
import { makeExport } from './make-export.ts'
import type { MakeOptions } from './make-export.ts'
import { createRawClient } from './openapi-fetch/raw-client.ts'
import type { RawClient } from './openapi-fetch/raw-client.ts'
import type { Operation } from './operation.ts'
import type { CallOptions, ExportsClientOptions } from './options.ts'
import type { Page } from './page.ts'
import type { RateLimiter } from './rate-limit/rate-limiter.ts'
import { retryExport } from './retry-export.ts'
import { waitUntil } from './wait-until.ts'
import type { WaitOptions } from './wait-until.ts'

/**
 * The exports API of one account. Every call rejects with an `ExportsError`; see `toResult` for values instead.
 *
 * Calls with a query have two signatures: the first lets editors show what each parameter means, which a parameter that
 * is generic alone does not, and the second takes a query that is a union, held in a variable.
 */
export interface ExportsClient {
  /** One page, with the total. */
  list<const Query extends ListQuery>(
    query: Query & ListParameters,
    options?: CallOptions,
  ): Promise<Page<ItemOf<Query>>>
  /** One page, with the total. */
  list<const Query extends ListQuery>(query?: Query, options?: CallOptions): Promise<Page<ItemOf<Query>>>
  /** Every item, page by page as they are read. Sends nothing before it is iterated. */
  listAll<const Query extends ListAllQuery>(
    query: Query & ListAllParameters,
    options?: ListingOptions<ItemOf<Query>>,
  ): Listing<ItemOf<Query>>
  /** Every item, page by page as they are read. Sends nothing before it is iterated. */
  listAll<const Query extends ListAllQuery>(
    query?: Query,
    options?: ListingOptions<ItemOf<Query>>,
  ): Listing<ItemOf<Query>>
  /** One item. */
  get<const Query extends ItemQuery>(
    id: string,
    query: Query & ItemParameters,
    options?: CallOptions,
  ): Promise<ItemOf<Query>>
  /** One item. */
  get<const Query extends ItemQuery>(id: string, query?: Query, options?: CallOptions): Promise<ItemOf<Query>>
  /** The file of an item; resolves at the head of the answer. */
  download(target: DownloadTarget, options?: DownloadOptions): Promise<Download>
  /** Looks at an item, within the quota and with growing pauses, until `isDone`. Asks only for `fields`. */
  waitUntil<const Fields extends readonly ExportField[] = readonly ['id', 'status']>(
    id: string,
    isDone: (item: ItemOf<{ fields: Fields }>) => boolean,
    options?: WaitOptions & { readonly fields?: Fields },
  ): Promise<ItemOf<{ fields: Fields }>>
  /**
   * Makes an export of a quick report, once: a request whose outcome is unknown is not sent again.
   * See `makeExport` for the export itself.
   */
  exportQuickReport(reportId: string, request: QuickReportRequest, options?: CallOptions): Promise<Operation>
  /** Runs an export again, with the parameters of its first request; once, as `exportQuickReport`. */
  retry(id: string, options?: CallOptions): Promise<Operation>
  /** From nothing to an export that is ready: makes it, finds it, waits for it, has it run again when it failed. */
  makeExport(reportId: string, request: QuickReportRequest, options?: MakeOptions): Promise<ExportItem>
  /** Where requests go, as it was given; by default the vendor's production origin. */
  readonly baseUrl: string
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
  return clientOver(connectOver(options, limiterOf))
}

/** The calls as methods, over any connection. */
export function clientOver(connection: Connection): ExportsClient {
  const { transport } = connection
  let raw: RawClient | undefined
  return {
    list: <const Query extends ListQuery>(query?: Query, options?: CallOptions) => list(connection, query, options),
    listAll: <const Query extends ListAllQuery>(query?: Query, options?: ListingOptions<ItemOf<Query>>) =>
      listAll(connection, query, options),
    get: <const Query extends ItemQuery>(id: string, query?: Query, options?: CallOptions) =>
      get(connection, id, query, options),
    download: (target, options) => download(connection, target, options),
    waitUntil: (id, isDone, options) => waitUntil(connection, id, isDone, options),
    exportQuickReport: (reportId, request, options) => exportQuickReport(connection, reportId, request, options),
    retry: (id, options) => retryExport(connection, id, options),
    makeExport: (reportId, request, options) => makeExport(connection, reportId, request, options),
    baseUrl: connection.options.baseUrl ?? ORIGIN,
    get raw() {
      return (raw ??= createRawClient(transport))
    },
    limiter: transport.limiter,
  }
}
