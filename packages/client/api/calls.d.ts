import { CallOptions, ConnectOptions, Connection, ExportsError, ItemOf, ItemParameters, ItemQuery, ListAllParameters, ListAllQuery, ListParameters, ListQuery, Listing, ListingOptions, Operation, Page, connect, createRateLimiter, download, exportQuickReport, isExportsError, makeExport, toResult, waitUntil } from "./shared.js";
/**
 * One item.
 * @throws ExportsError
 */
export declare function get<const Query extends ItemQuery>(connection: Connection, id: string, query: Query & ItemParameters, options?: CallOptions): Promise<ItemOf<Query>>;
/**
 * One item.
 * @throws ExportsError
 */
export declare function get<const Query extends ItemQuery>(connection: Connection, id: string, query?: Query, options?: CallOptions): Promise<ItemOf<Query>>;
/**
 * One page, with the total.
 * @throws ExportsError
 */
export declare function list<const Query extends ListQuery>(connection: Connection, query: Query & ListParameters, options?: CallOptions): Promise<Page<ItemOf<Query>>>;
/**
 * One page, with the total.
 * @throws ExportsError
 */
export declare function list<const Query extends ListQuery>(connection: Connection, query?: Query, options?: CallOptions): Promise<Page<ItemOf<Query>>>;
/**
 * Every item, page by page as they are read. Sends nothing before it is iterated.
 * @throws ExportsError `invalid-query` or `invalid-options`, at once.
 */
export declare function listAll<const Query extends ListAllQuery>(connection: Connection, query: Query & ListAllParameters, options?: ListingOptions<ItemOf<Query>>): Listing<ItemOf<Query>>;
/**
 * Every item, page by page as they are read. Sends nothing before it is iterated.
 * @throws ExportsError `invalid-query` or `invalid-options`, at once.
 */
export declare function listAll<const Query extends ListAllQuery>(connection: Connection, query?: Query, options?: ListingOptions<ItemOf<Query>>): Listing<ItemOf<Query>>;
/**
 * Runs an export again, with the parameters of its first request. Never sent twice by guessing: after a failure that
 * leaves open whether it arrived, the error has `outcome: 'unknown'`. Source: vendor, retry of an export.
 * @throws ExportsError
 */
export declare function retryExport({ request }: Connection, id: string, options?: CallOptions): Promise<Operation>;
export { type ConnectOptions, type Connection, ExportsError, connect, createRateLimiter, download, exportQuickReport, isExportsError, makeExport, toResult, waitUntil };