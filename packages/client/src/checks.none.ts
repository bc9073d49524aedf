/** What `#checks` is in production builds for browsers and workers: nothing, for the size. */
function none(): void {}

export {
  none as callOptions,
  none as clientOptions,
  none as downloadOptions,
  none as itemQuery,
  none as limiter,
  none as limiterOptions,
  none as listingOptions,
  none as listingQuery,
  none as makeOptions,
  none as query,
  none as report,
  none as waitOptions,
}
