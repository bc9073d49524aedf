/**
 * What `#checks` is on Node and in development: what types say already, for plain JavaScript and for values that come
 * from elsewhere. What guards the token (its form, the base URL, ids in paths, the origin) is never left out, and
 * stands with what it guards.
 */
export {
  callOptions,
  clientOptions,
  downloadOptions,
  limiter,
  limiterOptions,
  listingOptions,
  makeOptions,
  waitOptions,
} from './option-checks.ts'
export { checkItemQuery as itemQuery, checkListingQuery as listingQuery, checkQuery as query } from './query-checks.ts'
export { checkReport as report } from './report-checks.ts'
