/** A promise of the API that can be seen from outside. */
export interface Law {
  readonly family: Family
  /** A sentence that holds for every correct provider. */
  readonly promise: string
  /** JSON pointer into the spec. */
  readonly pointer: string
  /** Where the fact comes from: S and V are the vendor's pages, ? is this project's choice, others are standards. */
  readonly source: string
}

export type Family =
  | 'transport'
  | 'envelope'
  | 'items'
  | 'errors'
  | 'status'
  | 'sort'
  | 'page'
  | 'search'
  | 'fields'
  | 'validation'
  | 'rate-limit'
  | 'download'
  | 'tenancy'

export type LawName =
  | 'complete-answers'
  | 'clean-json'
  | 'secret-tokens'
  | 'spec-headers'
  | 'spec-list'
  | 'spec-items'
  | 'spec-errors'
  | 'spec-status'
  | 'real-times'
  | 'relative-download-url'
  | 'same-values'
  | 'unique-items'
  | 'total-counts-matches'
  | 'valid-is-answered'
  | 'pages-partition'
  | 'page-size'
  | 'page-past-end'
  | 'sort-order'
  | 'search-finds'
  | 'search-default'
  | 'fields-exact'
  | 'view-complete'
  | 'view-is-list-item'
  | 'mistakes-are-refused'
  | 'unknown-ids-are-missing'
  | 'no-token-no-data'
  | 'download-bytes'
  | 'download-type'
  | 'download-answers'
  | 'download-is-streamed'
  | 'quota-values'
  | 'quota-counts-down'
  | 'quota-reset'
  | 'quota-is-enforced'
  | 'retry-after-is-true'
  | 'no-refusal-inside-quota'
  | 'quota-per-account'
  | 'own-items-only'
  | 'foreign-ids-are-missing'
  | 'tokens-see-the-same'
