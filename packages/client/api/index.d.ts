import { AnyExportsError, AroundCall, Bounds, CallInfo, CallOptions, Download, DownloadOptions, DownloadProgress, DownloadTarget, EqualityFilter, ExportField, ExportItem, ExportsClient, ExportsClientOptions, ExportsError, ExportsErrorKind, ExportsErrorOf, ExportsEvent, FAILED_STATUSES, FILTER_KINDS, FILTER_OPERATORS, FetchLike, Filter, FilterMember, ItemOf, ItemQuery, KNOWN_VALUES, ListAllQuery, ListQuery, Listing, ListingOptions, ListingPage, ListingPlan, MakeOptions, MakeProgress, MemberFilter, ORIGIN, OnEvent, Operation, OperationName, Page, QuickReportRequest, RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS, RateLimitFacts, RateLimiter, RateLimiterOptions, RawClient, ResponseInfo, Result, SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS, SearchableField, SortKey, SortableField, TokenSource, VIEWS, View, WaitOptions, createExportsClient, createRateLimiter, isExportsError, toResult } from "./shared.js";
/**
 * The moment that one of the API's times means: `YYYY-MM-DD HH:MM:SS`, GMT, without a zone suffix.
 * `new Date(text)` would read it in the local zone.
 * @throws ExportsError `invalid-query` when `text` is not such a time, or no such day exists.
 */
export declare function parseTimestamp(text: string): Date;
/** A moment in the API's format, in GMT, to the second. */
export declare function formatTimestamp(date: Date): string;
type Answer<Value> = {
  readonly confidence: "observed";
  readonly value: Value;
} | {
  readonly confidence: string;
};
/** The part of a vendor profile that a client reads: `JSON.parse` of the file. */
interface ClientProfile {
  readonly answers: {
    readonly "quota.limits"?: Answer<readonly number[]>;
    readonly "quota.parallel"?: Answer<number | "not-reached">;
    readonly "page.largest-size"?: Answer<number>;
  };
}
/** The answers of a profile that a client has a use for. */
interface ProfileSettings {
  /** For `createRateLimiter`: the windows of the account's tier, and how many requests may be in flight. */
  readonly limiter: Pick<RateLimiterOptions, "windows" | "maxInFlight">;
  /** For `list` and `listAll`: the largest page, so that a walk takes the fewest requests. Undefined: not learnt. */
  readonly pageSize: number | undefined;
}
/**
 * What is known of an account before its first request, from the profile that `hood-contract learn` has written. Only
 * observed answers count. Windows are given only where the limits that headers showed belong to one tier.
 */
export declare function likeProfile({ answers }: ClientProfile): ProfileSettings;
export { type AnyExportsError, type AroundCall, type Bounds, type CallInfo, type CallOptions, type ClientProfile, type Download, type DownloadOptions, type DownloadProgress, type DownloadTarget, type EqualityFilter, type ExportField, type ExportItem, type ExportsClient, type ExportsClientOptions, ExportsError, type ExportsErrorKind, type ExportsErrorOf, type ExportsEvent, FAILED_STATUSES, FILTER_KINDS, FILTER_OPERATORS, type FetchLike, type Filter, type FilterMember, type ItemOf, type ItemQuery, KNOWN_VALUES, type ListAllQuery, type ListQuery, type Listing, type ListingOptions, type ListingPage, type ListingPlan, type MakeOptions, type MakeProgress, type MemberFilter, ORIGIN, type OnEvent, type Operation, type OperationName, type Page, type ProfileSettings, type QuickReportRequest, RATE_LIMIT_TIERS, RATE_LIMIT_WINDOWS, type RateLimitFacts, type RateLimiter, type RateLimiterOptions, type RawClient, type ResponseInfo, type Result, SEARCHABLE_FIELDS, SELECTABLE_FIELDS, SORTABLE_FIELDS, type SearchableField, type SortKey, type SortableField, type TokenSource, VIEWS, type View, type WaitOptions, createExportsClient, createRateLimiter, isExportsError, toResult };