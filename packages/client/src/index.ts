export { createExportsClient } from './client.ts'
export type { ExportsClient } from './client.ts'
export { ExportsError, isExportsError, toResult } from './errors.ts'
export type { AnyExportsError, ExportsErrorKind, ExportsErrorOf, Result } from './errors.ts'
export type { ExportsEvent, OnEvent } from './events.ts'
export type { OperationName } from './operation-name.ts'
export type { ExportField, ExportItem, ItemOf } from './export-item.ts'
export type { Bounds, EqualityFilter, Filter, FilterMember, MemberFilter } from './filter.ts'
export type { AroundCall, CallInfo, CallOptions, ExportsClientOptions, FetchLike, ResponseInfo } from './options.ts'
export type { TokenSource } from './token.ts'
export type { ItemQuery, ListAllQuery, ListQuery, SearchableField, SortKey, SortableField, View } from './list-query.ts'
export type { Listing, ListingOptions, ListingPage, ListingPlan } from './listing.ts'
export type { Page } from './page.ts'
export type { Download, DownloadOptions, DownloadProgress, DownloadTarget } from './download.ts'
export type { QuickReportRequest } from './export-quick-report.ts'
export type { MakeOptions, MakeProgress } from './make-export.ts'
export type { Operation } from './operation.ts'
export type { WaitOptions } from './wait-until.ts'
export type { RawClient } from './openapi-fetch/raw-client.ts'
export { formatTimestamp, parseTimestamp } from './timestamp.ts'
export {
  FAILED_STATUSES,
  FILTER_KINDS,
  FILTER_OPERATORS,
  KNOWN_VALUES,
  ORIGIN,
  RATE_LIMIT_TIERS,
  RATE_LIMIT_WINDOWS,
  SEARCHABLE_FIELDS,
  SELECTABLE_FIELDS,
  SORTABLE_FIELDS,
  VIEWS,
} from '@hood-exports/openapi'
export type { RateLimitFacts } from './rate-limit/headers.ts'
export { createRateLimiter } from './rate-limit/limiter.ts'
export type { RateLimiter, RateLimiterOptions } from './rate-limit/rate-limiter.ts'
export { likeProfile } from './like-profile.ts'
export type { ClientProfile, ProfileSettings } from './like-profile.ts'
